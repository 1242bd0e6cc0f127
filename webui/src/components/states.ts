/** Every state the portal shows: one tone, one icon and one word each. Colour never stands alone. */
import type { ComponentType } from "react";

import BanIcon from "icon/ban";
import CheckCircleIcon from "icon/check-circle";
import DisconnectedIcon from "icon/disconnected";
import ExclamationCircleIcon from "icon/exclamation-circle";
import ExclamationTriangleIcon from "icon/exclamation-triangle";
import InProgressIcon from "icon/in-progress";
import OffIcon from "icon/off";
import PausedIcon from "icon/paused";
import PendingIcon from "icon/pending";
import PlayIcon from "icon/play";
import UnknownIcon from "icon/unknown";

import type { Cell, Operation } from "@/api/types";

export type Tone = "good" | "off" | "busy" | "waits" | "warns" | "bad";

export const TONES = {
  good: { status: "success" },
  off: { color: "grey" },
  busy: { status: "info" },
  waits: { color: "purple" },
  warns: { status: "warning" },
  bad: { status: "danger" },
} as const;

const state = <const Word extends string>(tone: Tone, icon: ComponentType, word: Word) => ({ tone, icon, word });

export const GUEST = {
  running: state("good", PlayIcon, "stateRunning"),
  stopped: state("off", OffIcon, "stateStopped"),
  creating: state("busy", InProgressIcon, "stateCreating"),
  starting: state("busy", InProgressIcon, "stateStarting"),
  stopping: state("busy", InProgressIcon, "stateStopping"),
  deleting: state("busy", InProgressIcon, "stateDeleting"),
  migrating: state("busy", InProgressIcon, "stateMigrating"),
  paused: state("waits", PausedIcon, "statePaused"),
  lost: state("warns", UnknownIcon, "stateLost"),
  crashed: state("bad", ExclamationCircleIcon, "stateCrashed"),
} as const;

export const HOST = {
  online: state("good", CheckCircleIcon, "stateOnline"),
  enabled: state("good", CheckCircleIcon, "stateEnabled"),
  disabled: state("off", BanIcon, "stateDisabled"),
  pending: state("waits", PendingIcon, "statePending"),
  unallocated: state("waits", PendingIcon, "stateUnallocated"),
  problem: state("warns", ExclamationTriangleIcon, "stateProblem"),
  offline: state("bad", DisconnectedIcon, "stateOffline"),
} as const;

export const OPERATION = {
  running: state("busy", InProgressIcon, "stateExecuting"),
  waiting: state("waits", PendingIcon, "stateWaiting"),
  succeeded: state("good", CheckCircleIcon, "stateSucceeded"),
  failed: state("bad", ExclamationCircleIcon, "stateFailed"),
  undone: state("warns", ExclamationTriangleIcon, "stateUndone"),
} as const;

export const IMAGE = {
  ready: state("good", CheckCircleIcon, "stateReady"),
  working: state("busy", InProgressIcon, "stateWorking"),
  waiting: state("waits", PendingIcon, "stateNoFile"),
} as const;

export const USER = {
  active: state("good", CheckCircleIcon, "stateActive"),
  disabled: state("off", BanIcon, "stateDisabled"),
  locked: state("warns", ExclamationTriangleIcon, "stateLocked"),
} as const;

export const RESULT = {
  ok: state("good", CheckCircleIcon, "stateSucceeded"),
  refused: state("warns", BanIcon, "stateRefused"),
  failed: state("bad", ExclamationCircleIcon, "stateFailed"),
} as const;

export type State = (typeof GUEST)[keyof typeof GUEST] | (typeof HOST)[keyof typeof HOST] | (typeof OPERATION)[keyof typeof OPERATION] | (typeof IMAGE)[keyof typeof IMAGE] | (typeof USER)[keyof typeof USER] | (typeof RESULT)[keyof typeof RESULT];

export const guestState = (name: string): State => (name in GUEST ? GUEST[name as keyof typeof GUEST] : GUEST.lost);

export const operationState = ({ state: name }: Pick<Operation, "state">): State =>
  name in OPERATION ? OPERATION[name as keyof typeof OPERATION] : OPERATION.waiting;

export function hostState(cell: Cell, inPool: boolean): State {
  if (cell.status === "pending") return HOST.pending;
  if (!cell.alive) return HOST.offline;
  if (cell.problem) return HOST.problem;
  if (!inPool) return HOST.unallocated;
  return cell.enabled ? HOST.online : HOST.disabled;
}
