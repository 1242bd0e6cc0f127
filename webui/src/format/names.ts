/** The rule of names in the API: letters, digits, `-` and `_`, at most 63. */
export const NAME = /^[A-Za-z0-9_-]{1,63}$/;

/** "web-07" -> "web-08", "web" -> "web-2": the next free name after those that are taken. */
export function nextFree(wanted: string, taken: ReadonlySet<string>): string {
  const [, stem = wanted, digits = ""] = /^(.*?)(\d*)$/.exec(wanted) ?? [];
  const prefix = digits || stem.endsWith("-") ? stem : `${stem}-`;
  let number = digits ? Number(digits) : 1;
  let name = wanted;
  while (taken.has(name)) {
    number += 1;
    name = prefix + String(number).padStart(digits.length || 1, "0");
  }
  return name;
}
