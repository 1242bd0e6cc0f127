/** "Start it now" of the create form: this browser starts the guest as soon as it exists. */
import { power } from "@/api/acts";
import { cache } from "@/api/queries";
import type { Guest } from "@/api/types";

const wanted = new Map<string, (problem: Error) => void>();

/** The start is asked for once, when the guest was created and stands still. */
export function startWhenCreated(id: string, onProblem: (problem: Error) => void): void {
  if (wanted.size === 0) cache.getQueryCache().subscribe(({ query }) => look(query.queryKey as readonly unknown[], query.state.data as Guest | undefined));
  wanted.set(id, onProblem);
}

function look([kind, id]: readonly unknown[], guest: Guest | undefined): void {
  if (kind !== "guest" || typeof id !== "string" || !guest?.created || guest.state !== "stopped") return;
  const onProblem = wanted.get(id);
  if (!onProblem) return;
  wanted.delete(id);
  power(id, "start").catch((problem: unknown) => onProblem(problem as Error));
}
