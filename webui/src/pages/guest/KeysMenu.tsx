import { useState } from "react";
import { Dropdown, DropdownItem, DropdownList } from "pf/Dropdown";
import { MenuToggle } from "pf/MenuToggle";
import KeyboardIcon from "icon/keyboard";
import { useTranslation } from "react-i18next";

import { ALT, CONTROL, type Key } from "./useScreen";

const functionKey = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` });

const COMBINATIONS: { text: string; keys: Key[] }[] = [
  { text: "Ctrl+Alt+Del", keys: [CONTROL, ALT, { keysym: 0xffff, code: "Delete" }] },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => ({ text: `Ctrl+Alt+F${number}`, keys: [CONTROL, ALT, functionKey(number)] })),
  { text: "Alt+Tab", keys: [ALT, { keysym: 0xff09, code: "Tab" }] },
  { text: "Alt+F4", keys: [ALT, functionKey(4)] },
  { text: "Super", keys: [{ keysym: 0xffeb, code: "MetaLeft" }] },
  { text: "Print Screen", keys: [{ keysym: 0xff61, code: "PrintScreen" }] },
  { text: "Esc", keys: [{ keysym: 0xff1b, code: "Escape" }] },
];

/** Combinations that the browser or its system would keep for themselves. */
export function KeysMenu({ onSend, disabled }: { onSend: (keys: readonly Key[]) => void; disabled: boolean }) {
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
      <DropdownList className="nano-key-list">
        {COMBINATIONS.map(({ text, keys }) => (
          <DropdownItem key={text} onClick={() => onSend(keys)}>
            {text}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
