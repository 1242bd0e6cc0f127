import { FormGroup } from "pf/Form";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { ChoiceCards } from "@/components/ChoiceCards";
import { FieldHelp } from "@/components/FieldHelp";
import { SizeField } from "@/components/SizeField";
import { bytes } from "@/format/bytes";
import type { SectionProps } from "./Create";
import { SIZES } from "./draft";

export function SizeChoice({ draft, set, wrong }: SectionProps) {
  const { t } = useTranslation("create");
  const own = draft.size === "own";
  const problem = wrong["cores"] ?? wrong["memory"];
  const cards = [
    ...SIZES.map(({ key, cores, memory }) => ({ value: key, title: key, text: t("sizeText", { count: cores, memory: bytes(memory) }) })),
    { value: "own", title: t("own"), text: t("ownText") },
  ];
  return (
    <ChoiceCards legend={t("size")} name="size" cards={cards} chosen={draft.size} onChoose={(size) => set({ size })}>
      {own ? (
        <div className="nano-fields">
          <FormGroup label={t("cores")} fieldId="cores" isRequired>
            <TextInput
              id="cores"
              inputMode="numeric"
              value={draft.ownCores}
              onChange={(_event, ownCores) => set({ ownCores })}
              validated={wrong["cores"] ? "error" : "default"}
              aria-describedby="cores-help"
              required
            />
            <FieldHelp id="cores" problem={wrong["cores"]} />
          </FormGroup>
          <SizeField id="memory" label={t("memory")} value={draft.ownMemory} onChange={(ownMemory) => set({ ownMemory })} problem={wrong["memory"]} />
        </div>
      ) : (
        <FieldHelp id="size" problem={problem} />
      )}
    </ChoiceCards>
  );
}
