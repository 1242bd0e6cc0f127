/** The part of a list's view that every list has: which page of which size, in the address. */
import { changeQuery, usePlace } from "@/router";

export const SIZES = [20, 50, 100] as const;

export interface Paging {
  page: number;
  size: number;
  limit: number;
  offset: number;
  onPage: (page: number) => void;
  onSize: (size: number) => void;
}

export function usePaging(): Paging {
  const { query } = usePlace();
  const size = SIZES.find((one) => one === Number(query.get("size"))) ?? SIZES[0];
  const page = Math.max(1, Math.floor(Number(query.get("page"))) || 1);
  return {
    page,
    size,
    limit: size,
    offset: (page - 1) * size,
    onPage: (next) => changeQuery({ page: next > 1 ? String(next) : "" }),
    onSize: (next) => changeQuery({ size: next === SIZES[0] ? "" : String(next), page: "" }),
  };
}
