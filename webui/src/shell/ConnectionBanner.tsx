/** Says that the values are old, and after a while puts a curtain over them so that nobody acts on them by mistake. */
import { useEffect, useState } from "react";
import { Banner } from "pf/Banner";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { announce } from "@/components/announce";
import { Empty } from "@/components/Empty";
import { useTick } from "@/components/useTick";
import { clock, now } from "@/format/time";
import { retryNow, useConnection } from "@/live/connection";

const CURTAIN_AFTER = 15;

export function ConnectionBanner() {
  const { t } = useTranslation();
  const { since, retryAt } = useConnection();
  const moment = useTick(since !== null);
  useEffect(() => {
    if (since !== null) announce(t("connectionLost", { time: clock(since) }), "assertive");
  }, [since, t]);
  if (since === null) return null;
  const seconds = Math.max(0, Math.ceil((retryAt ?? moment) - moment));
  return (
    <Banner status="warning" screenReaderText={t("warning")} className="nano-banner">
      {t("connectionLost", { time: clock(since) })} {seconds ? t("nextTry", { seconds }) : t("trying")}{" "}
      <Button variant="link" isInline onClick={retryNow}>
        {t("tryNow")}
      </Button>
    </Banner>
  );
}

export function Curtain() {
  const { t } = useTranslation();
  const { since } = useConnection();
  const [drawnAside, setDrawnAside] = useState<number | null>(null);
  const [lostAt, setLostAt] = useState<number | null>(null);
  const moment = useTick(since !== null);
  if (since === null && lostAt !== null) setLostAt(null);
  if (since !== null && lostAt === null) setLostAt(now());
  if (since === null || lostAt === null || drawnAside === lostAt || moment - lostAt < CURTAIN_AFTER) return null;
  const look = <Button variant="secondary" onClick={() => setDrawnAside(lostAt)}>{t("lookAtOld")}</Button>;
  return (
    <div className="nano-curtain">
      <Empty title={t("curtainTitle")} status="warning" actions={look}>
        {t("connectionLost", { time: clock(since) })}
      </Empty>
    </div>
  );
}
