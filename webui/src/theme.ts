/** Light, dark, or as the system wants it. The first paint is decided by the inline script of index.html. */
import { useSyncExternalStore } from "react";

import { recall, remember } from "@/i18n/language";

export type Theme = "auto" | "light" | "dark";
const KEY = "nano.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

export function chosenTheme(): Theme {
  const kept = recall(KEY);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

function show(): void {
  const chosen = chosenTheme();
  const dark = chosen === "dark" || (chosen === "auto" && systemDark.matches);
  document.documentElement.classList.toggle("pf-v6-theme-dark", dark);
  for (const watcher of watchers) watcher();
}

export function chooseTheme(theme: Theme): void {
  remember(KEY, theme);
  show();
}

export function startTheme(): void {
  systemDark.addEventListener("change", show);
}

export function useTheme(): Theme {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, chosenTheme);
}
