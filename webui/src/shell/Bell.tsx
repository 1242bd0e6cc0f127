import { useQuery } from "@tanstack/react-query";
import { NotificationBadge } from "pf/NotificationBadge";
import { useTranslation } from "react-i18next";

import { recentQuery } from "./recent";
import { toggleBar } from "./OperationsBar";
import { useDismissed } from "./dismissed";

/** Counts what runs, and turns red for failures nobody has dismissed. */
export function Bell() {
  const { t } = useTranslation();
  const { data } = useQuery(recentQuery);
  const dismissed = useDismissed();
  const all = data?.result ?? [];
  const running = all.filter(({ state }) => state === "running" || state === "waiting").length;
  const failed = all.filter(({ id, state }) => state === "failed" && !dismissed.has(id)).length;
  return (
    <NotificationBadge
      variant={failed ? "attention" : running ? "unread" : "read"}
      count={failed || running}
      onClick={toggleBar}
      aria-label={t("bell", { running, failed })}
    />
  );
}
