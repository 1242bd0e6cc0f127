/** Turns frames of the stream into changes of the query cache, once per animation frame. */
import { cache } from "@/api/queries";
import type { Guest, GuestPage, Operation, OperationDetail, OperationPage } from "@/api/types";
import type { Frame } from "./stream";

const waiting: Frame[] = [];
const stale = new Set<string>();
const QUIET = 300;

export function apply(frame: Frame): void {
  if (waiting.push(frame) === 1) schedule(flush);
}

/** A hidden tab gets no animation frames, but its cache must not fall behind. */
function schedule(work: () => void): void {
  if (document.hidden) setTimeout(work, 100);
  else requestAnimationFrame(work);
}

function flush(): void {
  for (const frame of waiting.splice(0)) (READERS[frame.kind] ?? ignore)(frame);
}

const ignore = (): void => undefined;

const READERS: Record<string, (frame: Frame) => void> = {
  zone: (frame) => {
    if (frame.data) cache.setQueryData(["zone"], frame.data);
    refresh("poolStatus", "cellStatus");
  },
  guest: guestChanged,
  operation: operationChanged,
  cell: () => refresh("cells", "cellStatus", "poolStatus", "pools", "zone"),
  pool: () => refresh("pools", "poolStatus", "zone"),
  reset: () => void cache.invalidateQueries(),
};

function guestChanged(frame: Frame): void {
  // Whoever looks at it learns from its route that it is gone, and keeps the last values on the screen.
  if (frame.change === "deleted" || !frame.data) void cache.invalidateQueries({ queryKey: ["guest", frame.id] });
  const guest = (frame.data ?? null) as Guest | null;
  if (guest) cache.setQueryData<Guest>(["guest", frame.id], (old) => (old ? { ...guest, id: frame.id } : old));
  const known = replaceIn<GuestPage>("guests", (page) => swap(page, frame.id, guest));
  if (!known || !guest) refresh("guests");
  if (!known || !guest || frame.change === "deleted") refresh("zone");
}

function operationChanged(frame: Frame): void {
  const operation = (frame.data ?? null) as Operation | null;
  if (operation) cache.setQueryData<OperationDetail>(["operation", frame.id], (old) => (old ? { ...old, ...operation } : old));
  const known = replaceIn<OperationPage>("operations", (page) => swap(page, frame.id, operation));
  if (!known) refresh("operations");
}

interface Page<Row extends { id?: string }> {
  result: Row[];
}

function swap<Row extends { id?: string }, P extends Page<Row>>(page: P, id: string, row: Row | null): P | null {
  if (!row || !page.result.some((old) => old.id === id)) return null;
  return { ...page, result: page.result.map((old) => (old.id === id ? { ...row, id } : old)) };
}

/** Put the new row where it stands in each cached list; false when none of them has it. */
function replaceIn<P>(key: string, change: (page: P) => P | null): boolean {
  let found = false;
  for (const [queryKey, page] of cache.getQueriesData<P>({ queryKey: [key] })) {
    const changed = page ? change(page) : null;
    if (changed) cache.setQueryData(queryKey, changed);
    found ||= changed !== null;
  }
  return found;
}

/** Read these again, once for a burst of changes; a hidden page only when it is seen again. */
function refresh(...keys: string[]): void {
  if (stale.size === 0) setTimeout(readAgain, QUIET);
  for (const key of keys) stale.add(key);
}

function readAgain(): void {
  if (document.hidden) {
    document.addEventListener("visibilitychange", readAgain, { once: true });
    return;
  }
  for (const key of stale) void cache.invalidateQueries({ queryKey: [key] });
  stale.clear();
}
