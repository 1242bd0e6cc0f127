/** The rule of names in the API: letters, digits, `-` and `_`, at most 63. */
export const NAME = /^[A-Za-z0-9_-]{1,63}$/;

/** 3f9a 11c0 …: groups of four, as hosts and the recovery sheet print a fingerprint. */
export const inGroups = (fingerprint: string): string => (fingerprint.match(/.{1,4}/g) ?? []).join(" ");

/** The rule of names of users, groups and roles. */
export const ACCOUNT = /^[A-Za-z0-9_.-]{1,64}$/;

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
