/** The address is the state: a small router on the History API. Links are plain `<a href>`. */
import { useMemo, useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let visits = 0;

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function moved(): void {
  visits += 1;
  for (const watcher of watchers) watcher();
}

const address = (): string => location.pathname + location.search;

/** How often the page changed since the document was loaded; 0 means that focus belongs where the browser put it. */
export const visitCount = (): number => visits;

export interface Place {
  path: string;
  query: URLSearchParams;
}

export function usePlace(): Place {
  const now = useSyncExternalStore(subscribe, address);
  return useMemo(() => {
    const url = new URL(now, location.origin);
    return { path: url.pathname, query: url.searchParams };
  }, [now]);
}

export function navigate(to: string, { replace = false } = {}): void {
  if (to === address()) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  moved();
}

/** Change some query keys of this page; an empty value removes the key, unknown keys stay. */
export function changeQuery(changes: Record<string, string>, { replace = false } = {}): void {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  const text = query.toString().replaceAll("%2C", ",");
  navigate(location.pathname + (text && `?${text}`), { replace });
}

/** Places of a pattern such as "/guests/:id/:tab", or null when the path is another one. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/+$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const places: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) places[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return places;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path of this origin, else the fallback: `//evil`, `/\evil` and `https://evil` are not. */
export function sameOriginPath(wanted: string | null, fallback: string): string {
  if (!wanted?.startsWith("/")) return fallback;
  const url = new URL(wanted, location.origin);
  return url.origin === location.origin && !/^\/[/\\]/.test(wanted) ? url.pathname + url.search + url.hash : fallback;
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}

export function startRouter(): void {
  addEventListener("popstate", moved);
  document.addEventListener("click", followLink);
}
