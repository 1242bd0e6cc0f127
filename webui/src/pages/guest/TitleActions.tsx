import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import { ActionMenu } from "@/components/ActionMenu";
import { useGuestActions } from "@/components/guestActions";

interface Props {
  guest: Guest;
  onProblem: (problem: Error) => void;
}

/** The two acts that fit the state as buttons, everything in the menu. */
export function TitleActions({ guest, onProblem }: Props) {
  const { t } = useTranslation();
  const actions = useGuestActions(onProblem)(guest);
  const wanted = guest.state === "running" ? ["console", "stop"] : ["start"];
  const shown = actions.filter(({ key, refused }) => wanted.includes(key) && !refused);
  return (
    <>
      {shown.map(({ key, label, act, to }) => (
        <Button key={key} variant={key === "stop" ? "secondary" : "primary"} {...(to ? { component: "a", href: to } : { onClick: act })}>
          {label}
        </Button>
      ))}
      <ActionMenu label={t("actionsOf", { name: guest.name })} actions={actions} />
    </>
  );
}
