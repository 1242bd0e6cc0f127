/** What a person can do, each as one function; the change comes back as an event. */
import { api, call, keepCsrf } from "./client";
import { cache } from "./queries";
import type { Guest, NewGuest, Portal, Pool } from "./types";

export type PowerAct = "start" | "stop" | "forceStop" | "restart" | "forceRestart";

const STOPS = {
  stop: { reboot: false, force: false },
  forceStop: { reboot: false, force: true },
  restart: { reboot: true, force: false },
  forceRestart: { reboot: true, force: true },
};

export async function power(id: string, act: PowerAct): Promise<void> {
  const params = { path: { id } };
  if (act === "start") await call(api.POST("/api/v1/instances/{id}", { params, body: {} }));
  else await call(api.DELETE("/api/v1/instances/{id}", { params, body: STOPS[act] }));
}

export async function deleteGuest(guest: Guest): Promise<void> {
  await call(api.DELETE("/api/v1/guests/{id}", { params: { path: { id: guest.id ?? "" } }, body: {} }));
  await cache.invalidateQueries({ queryKey: ["guests"] });
}

export const createGuest = (body: NewGuest) => call(api.POST("/api/v1/guests/", { body }));

export const openChannel = (guest: string, type: "vnc" | "serial") => call(api.POST("/api/v1/monitor_channels/", { body: { guest, type } }));

async function cellsChanged(): Promise<void> {
  const keys = ["cells", "cellStatus", "pools", "poolStatus", "zone"];
  await Promise.all(keys.map((key) => cache.invalidateQueries({ queryKey: [key] })));
}

export async function addCell(pool: string, cell: string): Promise<void> {
  await call(api.POST("/api/v1/compute_pool_cells/{pool}/{cell}", { params: { path: { pool, cell } } }));
  await cellsChanged();
}

export async function enableCell(pool: string, cell: string, enable: boolean): Promise<void> {
  await call(api.PUT("/api/v1/compute_pool_cells/{pool}/{cell}", { params: { path: { pool, cell } }, body: { enable } }));
  await cellsChanged();
}

export async function removeCell(pool: string, cell: string): Promise<void> {
  await call(api.DELETE("/api/v1/compute_pool_cells/{pool}/{cell}", { params: { path: { pool, cell } } }));
  await cellsChanged();
}

export async function revokeCell(cell: string): Promise<void> {
  await call(api.DELETE("/api/v1/compute_cells/{cell}", { params: { path: { cell } } }));
  await cellsChanged();
}

export const makeJoinToken = (pool: string, minutes: number) =>
  call(api.POST("/api/v1/join_tokens/", { body: { pool, minutes } }));

export async function createPool(name: string): Promise<void> {
  await call(api.POST("/api/v1/compute_pools/{pool}", { params: { path: { pool: name } }, body: {} }));
  await cellsChanged();
}

export async function enablePool(pool: Pool, enable: boolean): Promise<void> {
  const { name, storage, network, failover } = pool;
  await call(api.PUT("/api/v1/compute_pools/{pool}", { params: { path: { pool: name } }, body: { storage, network, failover, enable } }));
  await cellsChanged();
}

export async function deletePool(name: string): Promise<void> {
  await call(api.DELETE("/api/v1/compute_pools/{pool}", { params: { path: { pool: name } } }));
  await cellsChanged();
}

/** Put a new answer about who is signed in where every page reads it. */
export function sessionIs(portal: Portal): void {
  const before = cache.getQueryData<Portal>(["portal"])?.user;
  if (before !== portal.user) cache.removeQueries({ predicate: (query) => query.queryKey[0] !== "portal" });
  keepCsrf(portal.csrf);
  cache.setQueryData(["portal"], portal);
}

export async function signIn(user: string, password: string): Promise<void> {
  sessionIs(await call(api.POST("/api/v1/portal/session", { body: { user, password } })));
}

export async function setUp(code: string, user: string, password: string): Promise<void> {
  sessionIs(await call(api.POST("/api/v1/portal/setup", { body: { code, user, password } })));
}

export async function signOut(): Promise<void> {
  sessionIs(await call(api.DELETE("/api/v1/portal/session")));
}

export async function stillHere(): Promise<void> {
  await call(api.POST("/api/v1/portal/activity"));
}
