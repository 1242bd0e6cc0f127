import { useCallback, useRef, useState } from "react";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { power } from "@/api/acts";
import type { Guest } from "@/api/types";
import { Empty } from "@/components/Empty";
import { Problem } from "@/components/Problem";
import { recall, remember } from "@/i18n/language";
import { useMay } from "@/session";
import { ConsoleBar } from "./ConsoleBar";
import { useRelease } from "./useRelease";
import { useScreen } from "./useScreen";

export default function Console({ guest }: { guest: Guest }) {
  return guest.state === "running" || guest.state === "stopping" || guest.state === "paused" ? <Live guest={guest} /> : <NotRunning guest={guest} />;
}

function NotRunning({ guest: { id = "", state } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const start = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await power(id, "start").catch((cause: unknown) => setProblem(cause as Error));
    setBusy(false);
  };
  const startable = may("guest.power") && (state === "stopped" || state === "crashed");
  const action = startable && <Button isLoading={busy} onClick={() => void start()}>{tShell("start")}</Button>;
  return (
    <>
      {problem && <Problem problem={problem} />}
      <Empty title={t("noScreen")} actions={action}>{t("noScreenText")}</Empty>
    </>
  );
}

const FIT = "nano.console.fit";

function Live({ guest: { id = "", name } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const area = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLButtonElement>(null);
  const [fit, setFit] = useState(recall(FIT) !== "1:1");
  const [viewOnly, setViewOnly] = useState(false);
  const [typing, setTyping] = useState(false);
  const screen = useScreen(id, target, { fit, viewOnly });
  const { blur } = screen;
  const release = useCallback((): void => {
    blur();
    bar.current?.focus();
  }, [blur]);
  useRelease(target, release);

  const chooseFit = (next: boolean): void => {
    remember(FIT, next ? "" : "1:1");
    setFit(next);
  };
  const enter = (event: React.KeyboardEvent): void => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    screen.focus();
  };
  return (
    <div className="nano-console" ref={area}>
      <ConsoleBar
        first={bar}
        state={screen.state}
        fit={fit}
        viewOnly={viewOnly}
        onFit={chooseFit}
        onViewOnly={setViewOnly}
        onFullScreen={() => void toggleFullScreen(area.current)}
        onSend={screen.send}
        onConnect={screen.connect}
      />
      {screen.problem && <Problem problem={screen.problem} onRetry={screen.connect} />}
      <div
        ref={target}
        className={`nano-screen${fit ? " nano-fit" : ""}${typing ? " nano-typing" : ""}${screen.state === "connected" ? "" : " nano-old"}`}
        role="application"
        aria-label={t("screenOf", { name })}
        aria-describedby="screen-help"
        tabIndex={0}
        onKeyDown={enter}
        onPointerDownCapture={screen.focus}
        onFocus={(event) => setTyping(event.target !== event.currentTarget)}
        onBlur={() => setTyping(false)}
      />
      <p id="screen-help" className="nano-dim" aria-live="polite">
        {typing ? t("keyboardInGuest") : t("keyboardHere")}
      </p>
    </div>
  );
}

async function toggleFullScreen(area: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await area?.requestFullscreen();
}
