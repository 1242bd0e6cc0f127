/** Sizes as people type them: "10", "1.5 TiB", "512m". */
export const UNITS = { MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;
export type Unit = keyof typeof UNITS;

/** What stands in a size field: the text as typed, and the unit beside it. */
export interface TypedSize {
  text: string;
  unit: Unit;
}

const BY_LETTER: Record<string, Unit> = { m: "MiB", g: "GiB", t: "TiB" };

/** A unit typed behind the number moves to the unit field. */
export function typed(text: string, unit: Unit): TypedSize {
  const found = /^\s*([\d.,]+)\s*([mgt])(i?b)?\s*$/i.exec(text);
  const letter = found?.[2]?.toLowerCase() ?? "";
  return { text: found?.[1] ?? text, unit: BY_LETTER[letter] ?? unit };
}

/** In bytes; null when it is not a positive number. */
export function inBytes({ text, unit }: TypedSize): number | null {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() && number > 0 && Number.isFinite(number) ? Math.round(number * UNITS[unit]) : null;
}

export function asTyped(size: number): TypedSize {
  const unit: Unit = size >= UNITS.TiB ? "TiB" : size >= UNITS.GiB ? "GiB" : "MiB";
  return { text: String(Number((size / UNITS[unit]).toFixed(2))), unit };
}
