/** Uploads go on while one looks at other pages: in chunks, each with its checksum, from where the server says it has got to. */
import { useSyncExternalStore } from "react";

import { sendBytes } from "@/api/client";
import { abandonUpload, beginUpload, type ImageKind, imagesChanged } from "@/api/images";

export interface Upload {
  image: string;
  kind: ImageKind;
  name: string;
  size: number;
  /** Bytes that have arrived. */
  sent: number;
  /** Bytes per second over the last chunks. */
  speed: number;
  state: "running" | "paused" | "failed";
  problem: Error | null;
}

interface Running {
  shown: Upload;
  file: File;
  upload: string;
  abort: AbortController;
}

const CHUNK = 8 * 1024 * 1024;
const running = new Map<string, Running>();
let shown: readonly Upload[] = [];
const watchers = new Set<() => void>();

function tell(): void {
  shown = [...running.values()].map((one) => one.shown);
  for (const watcher of watchers) watcher();
}

function change(one: Running, changes: Partial<Upload>): void {
  one.shown = { ...one.shown, ...changes };
  tell();
}

/** Begin to upload a file into an image, or go on with the same file where it stopped. */
export function upload(kind: ImageKind, image: string, name: string, file: File): void {
  const one: Running = {
    shown: { image, kind, name, size: file.size, sent: 0, speed: 0, state: "running", problem: null },
    file,
    upload: "",
    abort: new AbortController(),
  };
  running.set(image, one);
  tell();
  void send(one);
}

export function pauseUpload(image: string): void {
  const one = running.get(image);
  if (!one) return;
  change(one, { state: "paused" });
  one.abort.abort();
}

export function goOnWithUpload(image: string): void {
  const one = running.get(image);
  if (!one) return;
  one.abort = new AbortController();
  change(one, { state: "running", problem: null });
  void send(one);
}

/** Stop it and remove what has arrived. */
export async function giveUpUpload(image: string): Promise<void> {
  const one = running.get(image);
  if (!one) return;
  change(one, { state: "paused" });
  one.abort.abort();
  running.delete(image);
  tell();
  if (one.upload) await abandonUpload(one.shown.kind, image, one.upload).catch(() => undefined);
  await imagesChanged(one.shown.kind);
}

async function send(one: Running): Promise<void> {
  const { kind, image, size } = one.shown;
  try {
    const begun = await beginUpload(kind, image, size);
    one.upload = begun.id;
    change(one, { sent: begun.offset });
    void imagesChanged(kind);
    for (let offset = begun.offset; offset < size; ) {
      const started = performance.now();
      offset = await sendChunk(one, offset);
      change(one, { sent: offset, speed: Math.round((CHUNK * 1000) / Math.max(1, performance.now() - started)) });
    }
    running.delete(image);
    tell();
  } catch (cause) {
    if (!one.abort.signal.aborted) change(one, { state: "failed", problem: cause as Error });
  }
  void imagesChanged(kind);
}

/** Answers where the next chunk begins. */
async function sendChunk(one: Running, offset: number): Promise<number> {
  const { kind, image } = one.shown;
  const chunk = one.file.slice(offset, offset + CHUNK);
  const query = new URLSearchParams({ offset: String(offset), sha256: await digest(chunk) });
  const path = `/api/v1/${kind}_images/${encodeURIComponent(image)}/uploads/${encodeURIComponent(one.upload)}/file/?${query.toString()}`;
  await sendBytes(path, chunk, one.abort.signal);
  return offset + chunk.size;
}

async function digest(chunk: Blob): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await chunk.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => shown);
}

// Leaving the portal ends an upload; the browser asks first.
addEventListener("beforeunload", (event) => {
  if (shown.some(({ state }) => state === "running")) event.preventDefault();
});
