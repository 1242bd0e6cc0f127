/** What can be chosen for a new guest, with the defaults that make three clicks enough. */
import { useQuery } from "@tanstack/react-query";

import { cellsQuery, guestsQuery, imagesQuery, poolStatusQuery, poolsQuery, templatesQuery } from "@/api/queries";
import type { Cell, Image, Pool, PoolStatus, Template } from "@/api/types";
import { nextFree } from "@/format/names";
import { useMay, usePortal } from "@/session";
import type { Draft } from "./draft";

export interface Choices {
  pools: Pool[];
  statuses: PoolStatus[];
  images: Image[];
  templates: Template[];
  cells: Cell[];
  /** Short names that are taken in this group. */
  taken: ReadonlySet<string>;
  ready: boolean;
  problem: Error | null;
}

const LOOKED_AT = 1000;

export function useChoices(draft: Draft): Choices {
  const may = useMay();
  const { group } = usePortal();
  const pools = useQuery(poolsQuery);
  const statuses = useQuery({ ...poolStatusQuery, enabled: may("overview.read") });
  const images = useQuery({ ...imagesQuery, enabled: may("image.read") });
  const templates = useQuery(templatesQuery);
  const guests = useQuery(guestsQuery({ group, limit: LOOKED_AT }));
  const usable = (pools.data ?? []).filter(({ enabled }) => enabled);
  const pool = draft.pool || defaultPool(usable, statuses.data ?? []);
  const cells = useQuery({ ...cellsQuery(pool), enabled: Boolean(pool) && may("cell.read") });
  const prefix = `${group}.`;
  return {
    pools: usable,
    statuses: statuses.data ?? [],
    images: (images.data ?? []).filter(({ virtual_size: size }) => size > 0),
    templates: templates.data ?? [],
    cells: cells.data ?? [],
    taken: new Set((guests.data?.result ?? []).map(({ name }) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))),
    ready: Boolean(pools.data && templates.data && !guests.isPending && !images.isLoading),
    problem: pools.error ?? templates.error ?? guests.error,
  };
}

/** The pool with most free memory. */
function defaultPool(pools: Pool[], statuses: PoolStatus[]): string {
  const free = ({ name }: Pool): number => statuses.find((status) => status.name === name)?.available_memory ?? 0;
  return [...pools].sort((a, b) => free(b) - free(a))[0]?.name ?? "";
}

/** The draft with everything filled in that nobody has chosen yet. */
export function filled(draft: Draft, choices: Choices): Draft {
  const image = choices.images.find(({ id }) => id === (draft.image ?? choices.images[0]?.id));
  const stem = image ? image.name.replaceAll(/[^A-Za-z0-9_-]+/g, "-").slice(0, 40) : "guest";
  const linux = choices.templates.find(({ operating_system: system }) => system === "linux") ?? choices.templates[0];
  return {
    ...draft,
    image: draft.image ?? image?.id ?? "",
    pool: draft.pool || defaultPool(choices.pools, choices.statuses),
    template: draft.template || (linux?.id ?? ""),
    name: draft.name || nextFree(`${stem}-1`, choices.taken),
  };
}
