/** The guest list's view lives in the address; what makes no sense there falls back. */
import type { GuestSearch } from "@/api/types";
import { usePlace } from "@/router";

export const SIZES = [20, 50, 100] as const;
export const STATES = ["running", "stopped", "lost", "crashed", "paused", "creating"] as const;
const SORT = /^-?(name|state|cores|memory|disk|host|owner|created)$/;

export interface View {
  keyword: string;
  pool: string;
  states: string[];
  sort: string;
  page: number;
  size: number;
  filtered: boolean;
}

export function useView(): View {
  const { query } = usePlace();
  const text = (key: string): string => query.get(key) ?? "";
  const states = text("state").split(",").filter((state) => (STATES as readonly string[]).includes(state));
  const size = SIZES.find((one) => one === Number(text("size"))) ?? SIZES[0];
  const keyword = text("q").trim().slice(0, 255);
  return {
    keyword,
    pool: text("pool"),
    states,
    sort: SORT.test(text("sort")) ? text("sort") : "name",
    page: Math.max(1, Math.floor(Number(text("page"))) || 1),
    size,
    filtered: Boolean(keyword || text("pool") || states.length),
  };
}

export const searchOf = ({ keyword, pool, states, sort, page, size }: View): GuestSearch => ({
  keyword,
  pool,
  state: states,
  sort,
  limit: size,
  offset: (page - 1) * size,
});
