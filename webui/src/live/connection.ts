/** Starts and stops the live connection of this page, and tells the shell how it is. */
import { useSyncExternalStore } from "react";

import { now } from "@/format/time";
import { apply } from "./apply";
import { EventStream, look, type Report } from "./stream";

/** `since` = when the last value arrived, `retryAt` = when the next attempt starts; both null while connected. */
export interface Connection {
  since: number | null;
  retryAt: number | null;
}

interface Line {
  open: () => void;
  retry: () => void;
  close: () => void;
}

let connection: Connection = { since: null, retryAt: null };
let line: Line | null = null;
const watchers = new Set<() => void>();

function is(next: Connection): void {
  connection = next;
  for (const watcher of watchers) watcher();
}

function hear(report: Report, onRefused: () => void): void {
  if ("frame" in report) apply(report.frame);
  else if ("refused" in report) onRefused();
  else if ("lost" in report) {
    is({ since: connection.since ?? report.lost.at, retryAt: report.lost.retryAt });
    lookMyself();
  }
  else cameBack();
}

const LOOK_EVERY = 3000;
let looking: ReturnType<typeof setTimeout> | undefined;

/** The page asks, too: it hears of a server that is back before the next attempt, and a browser that was told to accept an
 * unknown certificate does so for pages only; the worker's stream then takes the connection that this made. */
function lookMyself(): void {
  clearTimeout(looking);
  looking = setTimeout(() => {
    if (connection.since === null || !line) return;
    void look().then((answer) => {
      if (connection.since === null) return;
      if (answer === "signed in") line?.retry();
      lookMyself();
    });
  }, LOOK_EVERY);
}

function cameBack(): void {
  if (connection.since !== null) apply({ kind: "reset", id: "", change: "", version: 0 });
  is({ since: null, retryAt: null });
}

function ownLine(listen: (report: Report) => void): Line {
  const stream = new EventStream(listen);
  return { open: () => stream.open(), retry: () => stream.open(), close: () => stream.close() };
}

function sharedLine(listen: (report: Report) => void, onFailed: () => void): Line {
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: "nano-live" });
  worker.onerror = onFailed;
  worker.port.onmessage = (message: MessageEvent<Report>) => listen(message.data);
  const say = (word: "open" | "retry" | "close") => () => worker.port.postMessage(word);
  return { open: say("open"), retry: say("retry"), close: say("close") };
}

/** By the worker of all tabs; by a stream of this page where the browser has none or could not load it. */
function connect(onRefused: () => void): Line {
  const listen = (report: Report): void => hear(report, onRefused);
  if (typeof SharedWorker === "undefined") return ownLine(listen);
  const fallBack = (): void => {
    used = ownLine(listen);
    used.open();
  };
  let used = sharedLine(listen, fallBack);
  return { open: () => used.open(), retry: () => used.retry(), close: () => used.close() };
}

/** Follow the changes of the zone until the returned function is called. */
export function follow(onRefused: () => void): () => void {
  const mine = connect(onRefused);
  const leave = (): void => mine.close();
  line = mine;
  mine.open();
  addEventListener("pagehide", leave);
  addEventListener("pageshow", mine.open);
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", mine.open);
    mine.close();
    line = null;
    is({ since: null, retryAt: null });
  };
}

export function retryNow(): void {
  if (connection.since !== null) is({ since: connection.since, retryAt: now() });
  line?.retry();
}

export function useConnection(): Connection {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => connection);
}
