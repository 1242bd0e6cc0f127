/** Failed operations stay until somebody has seen them; which ones is remembered by this browser. */
import { useSyncExternalStore } from "react";

import { recall, remember } from "@/i18n/language";

const KEY = "nano.dismissed";
const KEEP = 200;
let dismissed: ReadonlySet<string> = new Set(recall(KEY).split(" ").filter(Boolean));
const watchers = new Set<() => void>();

export function dismiss(id: string): void {
  dismissed = new Set([...dismissed, id].slice(-KEEP));
  remember(KEY, [...dismissed].join(" "));
  for (const watcher of watchers) watcher();
}

export function useDismissed(): ReadonlySet<string> {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => dismissed);
}
