import { useState } from "react";
import { Dropdown, DropdownItem, DropdownList } from "pf/Dropdown";
import { MenuToggle } from "pf/MenuToggle";
import EllipsisVIcon from "icon/ellipsis-v";

export interface Action {
  key: string;
  label: string;
  /** Called, or followed as a link. */
  act?: () => void;
  to?: string;
  danger?: boolean;
  /** Why it cannot be done now; it stays visible so that one learns the reason. */
  refused?: string;
}

interface Props {
  /** Names the menu for a screen reader: "Actions of web-07". */
  label: string;
  actions: Action[];
}

export function ActionMenu({ label, actions }: Props) {
  const [open, setOpen] = useState(false);
  if (actions.length === 0) return null;
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: "right" }}
      shouldFocusToggleOnSelect
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={label} icon={<EllipsisVIcon />} />
      )}
    >
      <DropdownList>
        {actions.map(({ key, label: text, act, to, danger, refused }) => (
          <DropdownItem
            key={key}
            {...(to && !refused ? { to } : {})}
            {...(act && !refused ? { onClick: act } : {})}
            isDanger={Boolean(danger)}
            isAriaDisabled={Boolean(refused)}
            {...(refused ? { description: refused } : {})}
          >
            {text}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
