import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import { guestState } from "@/components/states";

const REFRESH = 10_000;

/** The guest's screen as a picture, taken again every ten seconds while somebody can see it. */
export function Picture({ guest: { id = "", name, state } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const [taken, setTaken] = useState(() => Date.now());
  const [broken, setBroken] = useState(false);
  const running = state === "running";
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) setTaken(Date.now());
    }, REFRESH);
    return () => clearInterval(timer);
  }, [running]);
  const word = tShell(guestState(state).word);
  if (!running) return <div className="nano-picture">{word}</div>;
  const source = `/api/v1/guests/${encodeURIComponent(id)}/picture?at=${taken}`;
  return (
    <a className="nano-picture" href={`/guests/${id}/console`}>
      <img src={source} alt={t("pictureOf", { name, state: word })} hidden={broken} onLoad={() => setBroken(false)} onError={() => setBroken(true)} />
      {broken && <span>{t("noPicture")}</span>}
    </a>
  );
}
