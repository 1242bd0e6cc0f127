import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import { Problem } from "@/components/Problem";
import { ConsoleBar } from "./ConsoleBar";
import { useRelease } from "./useRelease";
import { useTerminal } from "./useTerminal";

/** The serial line of a guest as a terminal of 80 columns, which is what a line without a size is taken for. */
export default function Serial({ guest: { id = "", name } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const area = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLButtonElement>(null);
  const [typing, setTyping] = useState(false);
  const line = useTerminal(id, target);
  const release = useCallback((): void => bar.current?.focus(), []);
  useRelease(target, release);
  return (
    <div className="nano-console" ref={area}>
      <ConsoleBar first={bar} area={area} kind="serial" state={line.state} onConnect={line.connect} />
      {line.problem && <Problem problem={line.problem} onRetry={line.connect} />}
      <div
        ref={target}
        className={`nano-screen nano-terminal${typing ? " nano-typing" : ""}${line.state === "connected" ? "" : " nano-old"}`}
        role="group"
        aria-label={t("serialOf", { name })}
        aria-describedby="screen-help"
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
      />
      <p id="screen-help" className="nano-dim" aria-live="polite">
        {typing ? t("keyboardInGuest") : t("serialHere")}
      </p>
    </div>
  );
}
