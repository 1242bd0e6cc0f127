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

export const imagesQuery = queryOptions({
  queryKey: ["images"],
  queryFn: () => call(api.GET("/api/v1/disk_image_search/{filepath}", { params: { path: { filepath: "" } } })),
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
