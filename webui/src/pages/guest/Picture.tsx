import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import { guestState } from "@/components/states";

const REFRESH = 10_000;

/** The guest's screen as a picture, taken again every ten seconds while somebody can see it. */
export function Picture({ guest: { id = "", name, state } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const word = tShell(guestState(state).word);
  const source = usePicture(id, state === "running");
  if (state !== "running") return <div className="nano-picture">{word}</div>;
  return (
    <a className="nano-picture" href={`/guests/${id}/console`}>
      {source ? <img src={source} alt={t("pictureOf", { name, state: word })} /> : <span>{t("noPicture")}</span>}
    </a>
  );
}

/** Address of the newest picture in this browser; "" until there is one. */
function usePicture(id: string, running: boolean): string {
  const [source, setSource] = useState("");
  useEffect(() => {
    if (!running) return undefined;
    const over = new AbortController();
    let shown = "";
    const take = async (): Promise<void> => {
      if (document.hidden) return;
      const answer = await fetch(`/api/v1/guests/${encodeURIComponent(id)}/picture`, { signal: over.signal });
      if (!answer.ok) return;
      const next = URL.createObjectURL(await answer.blob());
      setSource(next);
      URL.revokeObjectURL(shown);
      shown = next;
    };
    const attempt = (): void => void take().catch(() => undefined);
    const timer = setInterval(attempt, REFRESH);
    attempt();
    return () => {
      over.abort();
      clearInterval(timer);
      URL.revokeObjectURL(shown);
      setSource("");
    };
  }, [id, running]);
  return source;
}
