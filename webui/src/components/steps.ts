/** Steps of operations in words; a step of a newer server is shown as it names itself. */
import i18next from "i18next";

const STEPS = {
  "reserve-guest": "stepReserve",
  "make-on-cell": "stepMakeOnHost",
  "make-home": "stepFolder",
  "create-volume": "stepDisk",
  "fetch-image": "stepFetch",
  "clone-image": "stepClone",
  "define-domain": "stepDefine",
  "record-guest": "stepRecord",
  "confirm-guest": "stepConfirm",
  "start-on-cell": "stepStart",
  "delete-on-cell": "stepDiscard",
  "forget-guest": "stepForget",
  "power-off": "stepPowerOff",
  "undefine-domain": "stepUndefine",
  "remove-home": "stepRemove",
  succeeded: "stateSucceeded",
} as const;

export function stepWords(step: string): string {
  return step in STEPS ? i18next.t(STEPS[step as keyof typeof STEPS], { ns: "shell" }) : step;
}
