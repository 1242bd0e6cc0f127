import { useEffect } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { useTranslation } from "react-i18next";

import { signOut, stillHere } from "@/api/acts";
import { cache, portalQuery } from "@/api/queries";
import { useTick } from "@/components/useTick";
import { duration } from "@/format/time";

const readPortal = (): Promise<void> => cache.invalidateQueries({ queryKey: ["portal"] });

const TICK = 5;

/** Some minutes before a session ends for lack of input, asks whether somebody is still there. */
export function IdleWarning() {
  const { t } = useTranslation();
  const { data: portal, dataUpdatedAt } = useQuery(portalQuery);
  const moment = useTick(true, TICK);
  const { idle_ends: idleEnds = 0, ends = 0, server_time: then = 0, warn_seconds: warn = 0 } = portal ?? {};
  const age = moment - dataUpdatedAt / 1000;
  const end = ends ? Math.min(idleEnds, ends) : idleEnds;
  const left = end - then - age;
  const stage = !idleEnds || left > warn ? "early" : left > 0 ? "late" : "over";
  // Another tab may have told of input meanwhile: read again before asking, and once more at the end.
  useEffect(() => {
    if (stage !== "early") void readPortal();
  }, [stage, end]);
  if (stage !== "late" || age > warn - left + TICK) return null;
  const stay = (): void => void stillHere().then(readPortal, readPortal);
  const longest = ends > 0 && ends <= idleEnds;
  return (
    <Modal isOpen variant="small" aria-labelledby="idle-title" elementToFocus="#idle-stay" {...(longest ? {} : { onEscapePress: stay })}>
      <ModalHeader title={t("idleTitle")} labelId="idle-title" titleIconVariant="warning" titleScreenReaderText={t("warning")} />
      <ModalBody>{longest ? t("endsText", { time: duration(left) }) : t("idleText", { time: duration(left) })}</ModalBody>
      <ModalFooter>
        {!longest && (
          <Button id="idle-stay" onClick={stay}>
            {t("stay")}
          </Button>
        )}
        <Button variant="link" onClick={() => void signOut()}>
          {t("signOut")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
