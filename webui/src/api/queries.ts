/** What the pages read, each under one key of the query cache; live events patch these same entries. */
import { keepPreviousData, QueryClient, queryOptions } from "@tanstack/react-query";

import { ApiError, api, call } from "./client";
import type { GuestSearch } from "./types";

const retry = (failures: number, problem: Error): boolean => failures < 2 && problem instanceof ApiError && problem.status === 503;

/** Nothing is polled: an entry is fresh until an event, an act of this browser or a lost connection says otherwise. */
export const cache = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, gcTime: 300_000, retry, refetchOnWindowFocus: false, refetchOnReconnect: false } },
});

export const portalQuery = queryOptions({
  queryKey: ["portal"],
  queryFn: () => call(api.GET("/api/v1/portal/")),
});

export const zoneQuery = queryOptions({
  queryKey: ["zone"],
  queryFn: () => call(api.GET("/api/v1/compute_zone_status/")),
});

export const guestsQuery = (search: GuestSearch) =>
  queryOptions({
    queryKey: ["guests", search],
    queryFn: () => call(api.POST("/api/v1/search/guests/", { body: search })),
    placeholderData: keepPreviousData,
  });

export const guestQuery = (id: string) =>
  queryOptions({
    queryKey: ["guest", id],
    queryFn: () => call(api.GET("/api/v1/guests/{id}", { params: { path: { id } } })),
  });

export const poolsQuery = queryOptions({
  queryKey: ["pools"],
  queryFn: () => call(api.GET("/api/v1/compute_pools/")),
});

export const poolStatusQuery = queryOptions({
  queryKey: ["poolStatus"],
  queryFn: () => call(api.GET("/api/v1/compute_pool_status/")),
});

/** Cells of a pool; "" = those that belong to none. */
export const cellsQuery = (pool: string) =>
  queryOptions({
    queryKey: ["cells", pool],
    queryFn: () =>
      pool
        ? call(api.GET("/api/v1/compute_pool_cells/{pool}", { params: { path: { pool } } }))
        : call(api.GET("/api/v1/compute_pool_cells/")),
  });

export const cellStatusQuery = (pool: string) =>
  queryOptions({
    queryKey: ["cellStatus", pool],
    queryFn: () => call(api.GET("/api/v1/compute_cell_status/{pool}", { params: { path: { pool } } })),
  });

/** Images have no events: while something is being done to one, whoever looks asks again. */
const whileWorking = ({ state }: { state: { data?: { work?: string }[] | undefined } }): number | false =>
  state.data?.some(({ work }) => work) ? 3000 : false;

export const imagesQuery = queryOptions({
  queryKey: ["images"],
  queryFn: () => call(api.GET("/api/v1/disk_image_search/{filepath}", { params: { path: { filepath: "" } } })),
  refetchInterval: whileWorking,
});

export const mediaQuery = queryOptions({
  queryKey: ["media"],
  queryFn: () => call(api.GET("/api/v1/media_images/")),
  refetchInterval: whileWorking,
});

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: () => call(api.GET("/api/v1/templates/")),
});

export interface OperationFilter {
  state?: string;
  object?: string;
  limit?: number;
  offset?: number;
}

export const operationsQuery = (filter: OperationFilter) =>
  queryOptions({
    queryKey: ["operations", filter],
    queryFn: () => call(api.GET("/api/v1/operations/", { params: { query: filter } })),
    placeholderData: keepPreviousData,
  });

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ["operation", id],
    queryFn: () => call(api.GET("/api/v1/operations/{id}", { params: { path: { id } } })),
  });

export interface UserFilter {
  keyword?: string;
  group?: string;
  state?: string;
  sort?: string;
  limit?: number;
  offset?: number;
}

export const usersQuery = (filter: UserFilter) =>
  queryOptions({
    queryKey: ["users", filter],
    queryFn: () => call(api.GET("/api/v1/search/users/", { params: { query: filter } })),
    placeholderData: keepPreviousData,
  });

export const groupsQuery = queryOptions({
  queryKey: ["groups"],
  queryFn: () => call(api.GET("/api/v1/user_groups/")),
});

export const groupQuery = (group: string) =>
  queryOptions({
    queryKey: ["groups", group],
    queryFn: () => call(api.GET("/api/v1/user_groups/{group}", { params: { path: { group } } })),
  });

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: () => call(api.GET("/api/v1/roles/")),
});

export const roleQuery = (role: string) =>
  queryOptions({
    queryKey: ["roles", role],
    queryFn: () => call(api.GET("/api/v1/roles/{role}", { params: { path: { role } } })),
  });

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () => call(api.GET("/api/v1/search/sessions/")),
});

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => call(api.GET("/api/v1/me/")),
});

export const myTokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => call(api.GET("/api/v1/me/tokens/")),
});

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => call(api.GET("/api/v1/settings/")),
});

export interface AuditFilter {
  text?: string;
  user?: string;
  result?: string;
  after?: number;
  limit?: number;
  offset?: number;
}

export const auditQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ["audit", filter],
    queryFn: () => call(api.GET("/api/v1/audit/", { params: { query: filter } })),
    placeholderData: keepPreviousData,
    // No events tell of new entries: whoever comes to the page wants them all.
    staleTime: 0,
  });

export const auditChainQuery = queryOptions({
  queryKey: ["auditChain"],
  queryFn: () => call(api.GET("/api/v1/audit/chain")),
  staleTime: 0,
});

export const trustQuery = queryOptions({
  queryKey: ["trust"],
  queryFn: () => call(api.GET("/api/v1/trust/")),
});
