/** The last samples of the zone, kept by this page as they arrive: a gap in the stream stays a gap in the chart. */
import { useSyncExternalStore } from "react";

import { cache } from "@/api/queries";
import type { Zone } from "@/api/types";

/** `at` in seconds since the epoch, `zone` as its route answered then. */
export interface Sample {
  at: number;
  zone: Zone;
}

const KEEP = 3600;
let samples: readonly Sample[] = [];
const watchers = new Set<() => void>();

/** Every answer and every frame about the zone is a sample. */
cache.getQueryCache().subscribe(({ type, query }) => {
  if (type !== "updated" || (query.queryKey as readonly unknown[])[0] !== "zone") return;
  const { data, dataUpdatedAt } = query.state as { data: Zone | undefined; dataUpdatedAt: number };
  if (data) keepSample(data, dataUpdatedAt / 1000);
});

function keepSample(zone: Zone, at: number): void {
  const last = samples.at(-1);
  if (last && at - last.at < 1) return;
  samples = [...samples.filter((sample) => at - sample.at < KEEP), { at, zone }];
  for (const watcher of watchers) watcher();
}

export function useSamples(): readonly Sample[] {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => samples);
}
