/** Words for screen readers: one polite and one assertive region, mounted once. */
import { useSyncExternalStore } from "react";

type Manner = "polite" | "assertive";

let words: Record<Manner, string> = { polite: "", assertive: "" };
const watchers = new Set<() => void>();

export function announce(text: string, manner: Manner = "polite"): void {
  words = { ...words, [manner]: text };
  for (const watcher of watchers) watcher();
}

export function Announcer() {
  const said = useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => words);
  return (
    <div className="pf-v6-screen-reader">
      <div aria-live="polite">{said.polite}</div>
      <div aria-live="assertive">{said.assertive}</div>
    </div>
  );
}
