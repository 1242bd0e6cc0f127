import { Label } from "pf/Label";
import { useTranslation } from "react-i18next";

import { percent } from "@/format/bytes";
import { type State, TONES } from "./states";

interface Props {
  state: State;
  /** Shown behind the word while something is under way. */
  progress?: number | undefined;
  /** Why it is in this state; a tooltip in lists, text elsewhere. */
  reason?: string | undefined;
}

export function StateLabel({ state, progress, reason }: Props) {
  const { t } = useTranslation();
  const Icon = state.icon;
  const busy = state.tone === "busy";
  return (
    <Label {...TONES[state.tone]} variant="outline" icon={<Icon />} className={busy ? "nano-busy" : ""} title={reason || undefined}>
      {t(state.word)}
      {progress === undefined ? "" : ` ${percent(progress)}`}
    </Label>
  );
}
