/** One connection to the event stream that comes back by itself. Runs in the shared worker, or in the page without one. */

/** What a page is told: a frame of the stream, or how the connection is. `at` and `retryAt` in seconds since the epoch. */
export type Report = { frame: Frame } | { lost: { at: number; retryAt: number } } | { live: true } | { refused: true };

/** A change of an object; `data` is what its route answers, null when it is gone. */
export interface Frame {
  kind: string;
  id: string;
  change: string;
  version: number;
  data?: unknown;
}

const ADDRESS = "/api/v1/events/";
const PORTAL = "/api/v1/portal/";
const SILENCE = 40_000;
const PATIENCE = 5000;
const WAITS = [1, 2, 4, 8, 15];

export class EventStream {
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stumbling = false;
  private heard = Date.now() / 1000;
  private readonly report: (report: Report) => void;

  constructor(report: (report: Report) => void) {
    this.report = report;
  }

  open(): void {
    this.close();
    const source = new EventSource(ADDRESS);
    source.onopen = () => this.cameUp();
    source.onmessage = (message: MessageEvent<string>) => this.receive(message.data);
    source.addEventListener("heartbeat", () => this.listen());
    source.onerror = () => this.stumbled(source);
    this.source = source;
  }

  close(): void {
    this.stumbling = false;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private cameUp(): void {
    this.failures = 0;
    this.report({ live: true });
    this.listen();
  }

  private receive(text: string): void {
    this.listen();
    this.report({ frame: JSON.parse(text) as Frame });
  }

  /** The server's heart beats every 15 s: after a longer silence, ask whether it is there. */
  private listen(): void {
    this.stumbling = false;
    this.heard = Date.now() / 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.doubt(), SILENCE);
  }

  /** The browser comes back by itself and resumes where it was (Last-Event-ID): give it a moment before saying anything. */
  private stumbled(source: EventSource): void {
    if (source.readyState === EventSource.CLOSED) void this.failed();
    else if (!this.stumbling) {
      this.stumbling = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.failed(), PATIENCE);
    }
  }

  private async doubt(): Promise<void> {
    if ((await look()) === "signed in") this.listen();
    else await this.failed();
  }

  private async failed(): Promise<void> {
    this.close();
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)] ?? 15;
    this.failures += 1;
    if ((await look()) === "signed out") this.report({ refused: true });
    else {
      this.report({ lost: { at: this.heard, retryAt: Date.now() / 1000 + wait } });
      this.timer = setTimeout(() => this.open(), wait * 1000);
    }
  }
}

/** An EventSource does not tell why it failed: ask whether the server answers, and whether anybody is still signed in. */
export async function look(): Promise<"signed in" | "signed out" | "no answer"> {
  try {
    const answer = await fetch(PORTAL, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) return "no answer";
    const body = (await answer.json()) as { data?: { user?: string } };
    return body.data?.user ? "signed in" : "signed out";
  } catch {
    return "no answer";
  }
}
