import { Checkbox } from "pf/Checkbox";
import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { useTranslation } from "react-i18next";

import { FieldHelp } from "@/components/FieldHelp";
import type { SectionProps } from "./Create";
import type { Draft } from "./draft";

/** Everything that has a good default, folded but on the same page. */
export function MoreOptions({ draft, choices, set, wrong }: SectionProps) {
  const { t } = useTranslation("create");
  return (
    <>
      <details className="nano-fold">
        <summary>{t("moreOptions")}</summary>
        <div className="nano-fields">
          <FormGroup label={t("template")} fieldId="template">
            <FormSelect id="template" value={draft.template} onChange={(_event, template) => set({ template })} aria-describedby="template-help">
              {choices.templates.map(({ id, name }) => (
                <FormSelectOption key={id} value={id} label={name} />
              ))}
            </FormSelect>
            <FieldHelp id="template" help={t("templateText")} problem={wrong["template"]} />
          </FormGroup>
          <FormGroup label={t("priority")} fieldId="priority">
            <FormSelect id="priority" value={draft.priority} onChange={(_event, value) => set({ priority: value as Draft["priority"] })}>
              <FormSelectOption value="high" label={t("high")} />
              <FormSelectOption value="medium" label={t("medium")} />
              <FormSelectOption value="low" label={t("low")} />
            </FormSelect>
          </FormGroup>
        </div>
        <Checkbox id="auto-start" label={t("autoStart")} isChecked={draft.autoStart} onChange={(_event, autoStart) => set({ autoStart })} />
      </details>
      <Checkbox id="start-now" label={t("startNow")} isChecked={draft.startNow || draft.autoStart} isDisabled={draft.autoStart} onChange={(_event, startNow) => set({ startNow })} />
    </>
  );
}
