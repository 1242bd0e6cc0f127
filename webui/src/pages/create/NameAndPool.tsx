import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { TextInput } from "pf/TextInput";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { FieldHelp } from "@/components/FieldHelp";
import { bytes } from "@/format/bytes";
import { nextFree } from "@/format/names";
import type { SectionProps } from "./Create";

export function NameAndPool({ draft, choices, set, wrong }: SectionProps) {
  const { t } = useTranslation("create");
  const free = nextFree(draft.name, choices.taken);
  return (
    <div className="nano-fields">
      <FormGroup label={t("name")} fieldId="name" isRequired>
        <TextInput
          id="name"
          value={draft.name}
          onChange={(_event, name) => set({ name: name.trim() })}
          validated={wrong["name"] ? "error" : "default"}
          aria-describedby="name-help"
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          required
        />
        <FieldHelp id="name" help={t("nameRule")} problem={wrong["name"]} />
        {free !== draft.name && (
          <Button variant="link" isInline onClick={() => set({ name: free })}>
            {t("useName", { name: free })}
          </Button>
        )}
      </FormGroup>
      <FormGroup label={t("pool")} fieldId="pool" isRequired>
        <FormSelect id="pool" value={draft.pool} onChange={(_event, pool) => set({ pool })} validated={wrong["pool"] ? "error" : "default"} aria-describedby="pool-help">
          {choices.pools.map(({ name }) => (
            <FormSelectOption key={name} value={name} label={name} />
          ))}
        </FormSelect>
        <FieldHelp id="pool" help={useFree({ draft, choices })} problem={wrong["pool"]} />
      </FormGroup>
    </div>
  );
}

function useFree({ draft, choices }: Pick<SectionProps, "draft" | "choices">): string | undefined {
  const { t } = useTranslation("create");
  const status = choices.statuses.find(({ name }) => name === draft.pool);
  if (!status?.max_memory) return undefined;
  return t("poolFree", { memory: bytes(status.available_memory), disk: bytes(status.available_disk) });
}
