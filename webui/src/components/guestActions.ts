/** What can be done with a guest in its present state, and why not where it cannot. */
import { useTranslation } from "react-i18next";

import { power } from "@/api/acts";
import type { Guest } from "@/api/types";
import { changeQuery } from "@/router";
import { useMay } from "@/session";
import type { Action } from "./ActionMenu";
import { announce } from "./announce";

export type GuestDialog = "stop" | "restart" | "force-stop" | "force-restart" | "delete" | "start";

/** Dialogs have an address, so that Back closes them and a reload keeps them; an address never performs the act. */
export function askFor(dialog: GuestDialog, ids: readonly string[]): void {
  changeQuery({ do: dialog, ids: ids.join(",") });
}

export function useGuestActions(onProblem: (problem: Error) => void): (guest: Guest) => Action[] {
  const { t } = useTranslation();
  const may = useMay();
  return (guest) => {
    const { id = "", name, state } = guest;
    const running = state === "running" || state === "paused";
    const needsRunning = running ? {} : { refused: t("onlyRunning") };
    const needsStopped = state === "stopped" || state === "crashed" ? {} : { refused: t("onlyStopped") };
    const ask = (dialog: GuestDialog) => () => askFor(dialog, [id]);
    const start = (): void => {
      announce(t("startAsked", { name }));
      power(id, "start").catch((problem: unknown) => onProblem(problem as Error));
    };
    const actions: Action[] = [];
    if (may("guest.power")) actions.push({ key: "start", label: t("start"), act: start, ...needsStopped });
    if (may("guest.console")) actions.push({ key: "console", label: t("console"), to: `/guests/${id}/console`, ...needsRunning });
    if (may("guest.power")) {
      actions.push(
        { key: "stop", label: t("stopAct"), act: ask("stop"), ...needsRunning },
        { key: "restart", label: t("restart"), act: ask("restart"), ...needsRunning },
        { key: "force-stop", label: t("forceStop"), act: ask("force-stop"), danger: true, ...needsRunning },
        { key: "force-restart", label: t("forceRestart"), act: ask("force-restart"), danger: true, ...needsRunning },
      );
    }
    if (may("guest.delete")) actions.push({ key: "delete", label: t("delete"), act: ask("delete"), danger: true, ...needsStopped });
    return actions;
  };
}
