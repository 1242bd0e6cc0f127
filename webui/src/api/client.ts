/** The one way to talk to the server: typed by the OpenAPI document, CSRF token added, errors as ApiError. */
import createClient, { type Middleware } from "openapi-fetch";

import type { paths } from "./schema";

/** Why a call failed. `code` is the server's machine-readable word, or "network" when nothing answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly field: string;
  readonly request: string;

  constructor(message: string, status: number, code: string, { hint = "", field = "", request = "" } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.field = field;
    this.request = request;
  }
}

let csrf = "";
let onSessionGone = (): void => undefined;

export function keepCsrf(token: string): void {
  csrf = token;
}

/** `gone` is called when the server no longer knows who we are. */
export function whenSessionGone(gone: () => void): void {
  onSessionGone = gone;
}

const withToken: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin });
api.use(withToken);

/** Send bytes as the body, which the typed client cannot; answers `data` of the envelope. */
export async function sendBytes<Data>(path: string, bytes: Blob, signal: AbortSignal): Promise<Data> {
  let response: Response;
  try {
    response = await fetch(path, { method: "PUT", body: bytes, signal, headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": csrf } });
  } catch (cause) {
    throw new ApiError(cause instanceof Error ? cause.message : String(cause), 0, "network");
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(body, response);
  return (body as { data: Data }).data;
}

interface Reply {
  data?: { data: unknown } | undefined;
  error?: unknown;
  response: Response;
}

type DataOf<R extends Reply> = NonNullable<R["data"]>["data"];

/** Wait for a call and take `data` out of its envelope; raises ApiError. */
export async function call<R extends Reply>(calling: Promise<R>): Promise<DataOf<R>> {
  const reply = await answered(calling);
  if (reply.data !== undefined && reply.response.ok) return reply.data.data;
  const problem = problemOf(reply.error, reply.response);
  if (problem.status === 401 && problem.code === "unauthenticated" && !reply.response.url.endsWith("/portal/session")) onSessionGone();
  throw problem;
}

async function answered<R extends Reply>(calling: Promise<R>): Promise<R> {
  try {
    return await calling;
  } catch (cause) {
    throw new ApiError(cause instanceof Error ? cause.message : String(cause), 0, "network");
  }
}

function problemOf(body: unknown, response: Response): ApiError {
  const text = (key: string): string => {
    const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : undefined;
    return typeof value === "string" ? value : "";
  };
  const code = text("code") || (response.status === 401 ? "unauthenticated" : String(response.status));
  const request = text("request") || (response.headers.get("X-Request-Id") ?? "");
  const details = { hint: text("hint"), field: text("field"), request };
  return new ApiError(text("message") || response.statusText, response.status, code, details);
}
