/** The guest as it is being described, and what is wrong with it before the server is asked. */
import type { NewGuest } from "@/api/types";
import { GIB, MIB } from "@/format/bytes";
import { NAME } from "@/format/names";
import { asTyped, inBytes, type TypedSize } from "@/format/sizes";

export const SIZES = [
  { key: "S", cores: 1, memory: 2 * GIB },
  { key: "M", cores: 2, memory: 4 * GIB },
  { key: "L", cores: 4, memory: 8 * GIB },
  { key: "XL", cores: 8, memory: 16 * GIB },
] as const;

export interface Draft {
  /** Id of a disk image; "" = blank, null = nobody has chosen. */
  image: string | null;
  /** Key of SIZES, or "own". */
  size: string;
  ownCores: string;
  ownMemory: TypedSize;
  name: string;
  pool: string;
  disks: TypedSize[];
  template: string;
  autoStart: boolean;
  startNow: boolean;
  priority: "high" | "medium" | "low";
}

export const SYSTEM_DISK = 10 * GIB;
const LEAST_MEMORY = 16 * MIB;
const LEAST_DISK = MIB;
const MOST_DISKS = 16;

export function firstDraft(query: URLSearchParams): Draft {
  return {
    image: query.get("image"),
    size: SIZES.some(({ key }) => key === query.get("size")) ? (query.get("size") ?? "S") : "S",
    ownCores: "1",
    ownMemory: asTyped(GIB),
    name: "",
    pool: query.get("pool") ?? "",
    disks: [asTyped(SYSTEM_DISK)],
    template: query.get("template") ?? "",
    autoStart: false,
    startNow: true,
    priority: "medium",
  };
}

export function coresOf({ size, ownCores }: Draft): number | null {
  const preset = SIZES.find(({ key }) => key === size);
  if (preset) return preset.cores;
  return /^\d{1,3}$/.test(ownCores.trim()) && Number(ownCores) > 0 ? Number(ownCores) : null;
}

export function memoryOf({ size, ownMemory }: Draft): number | null {
  return SIZES.find(({ key }) => key === size)?.memory ?? inBytes(ownMemory);
}

export const canAddDisk = ({ disks }: Draft): boolean => disks.length < MOST_DISKS;

export type Fault = "nameRule" | "nameTaken" | "coresRule" | "memoryRule" | "diskRule" | "diskTooSmall" | "choosePool" | "chooseTemplate";

/** Faults by the name of the field in the API, so that the server's own ones land in the same place. */
export function faultsOf(draft: Draft, taken: ReadonlySet<string>, imageSize: number): Partial<Record<string, Fault>> {
  const faults: Partial<Record<string, Fault>> = {};
  const cores = coresOf(draft);
  const memory = memoryOf(draft);
  if (!NAME.test(draft.name)) faults["name"] = "nameRule";
  else if (taken.has(draft.name)) faults["name"] = "nameTaken";
  if (cores === null || cores > 512) faults["cores"] = "coresRule";
  if (memory === null || memory < LEAST_MEMORY) faults["memory"] = "memoryRule";
  for (const [index, disk] of draft.disks.entries()) {
    const size = inBytes(disk) ?? 0;
    if (size < LEAST_DISK) faults[`disks[${index}]`] = "diskRule";
    else if (index === 0 && size < imageSize) faults["disks[0]"] = "diskTooSmall";
  }
  if (!draft.pool) faults["pool"] = "choosePool";
  if (!draft.template) faults["template"] = "chooseTemplate";
  return faults;
}

export function bodyOf(draft: Draft, owner: string, group: string): NewGuest {
  return {
    name: draft.name,
    owner,
    group,
    pool: draft.pool,
    cores: coresOf(draft) ?? 0,
    memory: memoryOf(draft) ?? 0,
    disks: draft.disks.map((disk) => inBytes(disk) ?? 0),
    template: draft.template,
    auto_start: draft.autoStart,
    start: draft.startNow,
    from_image: draft.image ?? "",
    qos: { cpu_priority: draft.priority },
  };
}
