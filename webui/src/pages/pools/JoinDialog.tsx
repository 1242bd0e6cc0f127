import { useState } from "react";
import { Button } from "pf/Button";
import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { useTranslation } from "react-i18next";

import { makeJoinToken } from "@/api/acts";
import type { JoinToken } from "@/api/types";
import { CopyText } from "@/components/CopyText";
import { Problem } from "@/components/Problem";
import { clockMinutes } from "@/format/time";

const MINUTES = 60;

export function JoinDialog({ pools, onClose }: { pools: string[]; onClose: () => void }) {
  const { t } = useTranslation("pools");
  const { t: tShell } = useTranslation();
  const [pool, setPool] = useState(pools[0] ?? "");
  const [token, setToken] = useState<JoinToken | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await makeJoinToken(pool, MINUTES).then(setToken, (cause: unknown) => setProblem(cause as Error));
    setBusy(false);
  };
  return (
    <Modal isOpen variant="medium" onEscapePress={onClose} aria-labelledby="join-title">
      <ModalHeader title={t("joinTitle")} labelId="join-title" />
      <ModalBody className="nano-stack">
        {problem && <Problem problem={problem} />}
        {token ? (
          <>
            <p>{t("joinRun")}</p>
            <div className="nano-command">
              <CopyText text={token.command} what={t("command")} />
            </div>
            <p className="nano-dim">{t("joinExpires", { time: clockMinutes(token.expires) })}</p>
          </>
        ) : (
          <FormGroup label={t("pool")} fieldId="join-pool">
            <FormSelect id="join-pool" value={pool} onChange={(_event, value) => setPool(value)}>
              {pools.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
              <FormSelectOption value="" label={t("noPoolYet")} />
            </FormSelect>
          </FormGroup>
        )}
        <p>{t("joinOr")}</p>
      </ModalBody>
      <ModalFooter>
        {!token && (
          <Button isLoading={busy} onClick={() => void make()}>
            {t("makeToken")}
          </Button>
        )}
        <Button variant={token ? "primary" : "link"} onClick={onClose}>
          {token ? tShell("close") : tShell("cancel")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
