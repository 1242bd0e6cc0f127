import { useCallback, useRef, useState } from "react";
import { Button } from "pf/Button";
import { Switch } from "pf/Switch";
import { ToggleGroup, ToggleGroupItem } from "pf/ToggleGroup";
import CameraIcon from "icon/camera";
import PencilAltIcon from "icon/pencil-alt";
import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import { Problem } from "@/components/Problem";
import { fileTime, now } from "@/format/time";
import { recall, remember } from "@/i18n/language";
import { ConsoleBar } from "./ConsoleBar";
import { KeysMenu } from "./KeysMenu";
import { saveAs } from "./saveAs";
import { TypeText } from "./TypeText";
import { useRelease } from "./useRelease";
import { useScreen } from "./useScreen";

const FIT = "nano.console.fit";

export default function Graphical({ guest: { id = "", name } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const area = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLButtonElement>(null);
  const [fit, setFit] = useState(recall(FIT) !== "1:1");
  const [viewOnly, setViewOnly] = useState(false);
  const [typing, setTyping] = useState(false);
  const [composing, setComposing] = useState(false);
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
  const savePicture = async (): Promise<void> => {
    const picture = await screen.picture();
    if (picture) saveAs(picture, `${name}-${fileTime(now())}.png`);
  };
  const deaf = screen.state !== "connected" || viewOnly;
  return (
    <div className="nano-console" ref={area}>
      <ConsoleBar first={bar} area={area} kind="vnc" state={screen.state} onConnect={screen.connect}>
        <ToggleGroup aria-label={t("scale")} isCompact>
          <ToggleGroupItem text={t("fit")} isSelected={fit} onChange={() => chooseFit(true)} />
          <ToggleGroupItem text="1:1" isSelected={!fit} onChange={() => chooseFit(false)} />
        </ToggleGroup>
        <KeysMenu onSend={screen.send} disabled={deaf} />
        <Button variant="secondary" size="sm" icon={<PencilAltIcon />} isDisabled={deaf} onClick={() => setComposing(true)}>
          {t("typeText")}
        </Button>
        <Button variant="secondary" size="sm" icon={<CameraIcon />} isDisabled={screen.state !== "connected"} onClick={() => void savePicture()}>
          {t("savePicture")}
        </Button>
        <Switch id="view-only" label={t("viewOnly")} isChecked={viewOnly} onChange={(_event, on) => setViewOnly(on)} />
      </ConsoleBar>
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
      {composing && <TypeText onSend={screen.send} onClose={() => setComposing(false)} />}
    </div>
  );
}
