import type { ReactNode, Ref, RefObject } from "react";
import { Button } from "pf/Button";
import { Label } from "pf/Label";
import { ToggleGroup, ToggleGroupItem } from "pf/ToggleGroup";
import ExpandIcon from "icon/expand";
import RedoIcon from "icon/redo";
import { useTranslation } from "react-i18next";

import { changeQuery } from "@/router";
import type { LineState } from "./channel";

interface Props {
  /** Where the focus goes when the keyboard leaves the guest. */
  first: Ref<HTMLButtonElement>;
  /** What fills the screen in full screen. */
  area: RefObject<HTMLElement | null>;
  kind: "vnc" | "serial";
  state: LineState;
  onConnect: () => void;
  children?: ReactNode;
}

const TONES = { connecting: "info", connected: "success", broken: "warning", refused: "danger" } as const;
const WORDS = { connecting: "connecting", connected: "connected", broken: "disconnected", refused: "disconnected" } as const;

/** The bar above both consoles; what only one of them can do are its children. */
export function ConsoleBar({ first, area, kind, state, onConnect, children }: Props) {
  const { t } = useTranslation("guest");
  return (
    <div className="nano-row nano-console-bar" role="toolbar" aria-label={t("consoleBar")}>
      <ToggleGroup aria-label={t("consoleKind")} isCompact>
        <ToggleGroupItem text={t("graphical")} isSelected={kind === "vnc"} onChange={() => changeQuery({ type: "" })} />
        <ToggleGroupItem text={t("serial")} isSelected={kind === "serial"} onChange={() => changeQuery({ type: "serial" })} />
      </ToggleGroup>
      <Button ref={first} variant="secondary" size="sm" icon={<ExpandIcon />} onClick={() => void toggleFullScreen(area.current)}>
        {t("fullScreen")}
      </Button>
      {children}
      <span className="nano-push" />
      <Label status={TONES[state]} variant="outline">
        {t(WORDS[state])}
      </Label>
      {(state === "broken" || state === "refused") && (
        <Button variant="primary" size="sm" icon={<RedoIcon />} onClick={onConnect}>
          {t("reconnect")}
        </Button>
      )}
    </div>
  );
}

async function toggleFullScreen(area: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await area?.requestFullscreen();
}
