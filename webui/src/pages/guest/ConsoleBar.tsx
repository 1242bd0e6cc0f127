import { type Ref, useState } from "react";
import { Button } from "pf/Button";
import { Dropdown, DropdownItem, DropdownList } from "pf/Dropdown";
import { Label } from "pf/Label";
import { MenuToggle } from "pf/MenuToggle";
import { Switch } from "pf/Switch";
import { ToggleGroup, ToggleGroupItem } from "pf/ToggleGroup";
import ExpandIcon from "icon/expand";
import KeyboardIcon from "icon/keyboard";
import RedoIcon from "icon/redo";
import { useTranslation } from "react-i18next";

import { ALT, CONTROL, type Key, type ScreenState } from "./useScreen";

interface Props {
  /** Where the focus goes when the keyboard leaves the guest. */
  first: Ref<HTMLButtonElement>;
  state: ScreenState;
  fit: boolean;
  viewOnly: boolean;
  onFit: (fit: boolean) => void;
  onViewOnly: (viewOnly: boolean) => void;
  onFullScreen: () => void;
  onSend: (keys: readonly Key[]) => void;
  onConnect: () => void;
}

const functionKey = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` });

const COMBINATIONS: { text: string; keys: Key[] }[] = [
  { text: "Ctrl+Alt+Del", keys: [CONTROL, ALT, { keysym: 0xffff, code: "Delete" }] },
  ...[1, 2, 3, 7].map((number) => ({ text: `Ctrl+Alt+F${number}`, keys: [CONTROL, ALT, functionKey(number)] })),
  { text: "Alt+Tab", keys: [ALT, { keysym: 0xff09, code: "Tab" }] },
  { text: "Alt+F4", keys: [ALT, functionKey(4)] },
  { text: "Super", keys: [{ keysym: 0xffeb, code: "MetaLeft" }] },
  { text: "Print Screen", keys: [{ keysym: 0xff61, code: "PrintScreen" }] },
  { text: "Esc", keys: [{ keysym: 0xff1b, code: "Escape" }] },
];

const TONES = { connecting: "info", connected: "success", broken: "warning", refused: "danger" } as const;
const WORDS = { connecting: "connecting", connected: "connected", broken: "disconnected", refused: "disconnected" } as const;

export function ConsoleBar(props: Props) {
  const { first, state, fit, viewOnly, onFit, onViewOnly, onFullScreen, onSend, onConnect } = props;
  const { t } = useTranslation("guest");
  return (
    <div className="nano-row nano-console-bar" role="toolbar" aria-label={t("consoleBar")}>
      <Button ref={first} variant="secondary" size="sm" icon={<ExpandIcon />} onClick={onFullScreen}>
        {t("fullScreen")}
      </Button>
      <ToggleGroup aria-label={t("scale")} isCompact>
        <ToggleGroupItem text={t("fit")} isSelected={fit} onChange={() => onFit(true)} />
        <ToggleGroupItem text="1:1" isSelected={!fit} onChange={() => onFit(false)} />
      </ToggleGroup>
      <KeysMenu onSend={onSend} disabled={state !== "connected" || viewOnly} />
      <Switch id="view-only" label={t("viewOnly")} isChecked={viewOnly} onChange={(_event, on) => onViewOnly(on)} />
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

function KeysMenu({ onSend, disabled }: { onSend: (keys: readonly Key[]) => void; disabled: boolean }) {
  const { t } = useTranslation("guest");
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ appendTo: "inline" }}
      toggle={(ref) => (
        <MenuToggle ref={ref} size="sm" icon={<KeyboardIcon />} isExpanded={open} isDisabled={disabled} onClick={() => setOpen(!open)}>
          {t("keys")}
        </MenuToggle>
      )}
    >
      <DropdownList>
        {COMBINATIONS.map(({ text, keys }) => (
          <DropdownItem key={text} onClick={() => onSend(keys)}>
            {text}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
