import type { Guest } from "@/api/types";

/** "<group>.<name>" with the group drawn subtle. Guest-given text, hence isolated from the direction of its surroundings. */
export function GuestName({ guest: { name, group } }: { guest: Pick<Guest, "name" | "group"> }) {
  const prefix = group && name.startsWith(`${group}.`) ? `${group}.` : "";
  return (
    <bdi>
      {prefix && <span className="nano-dim">{prefix}</span>}
      {name.slice(prefix.length)}
    </bdi>
  );
}
