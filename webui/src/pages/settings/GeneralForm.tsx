import { useState } from "react";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/client";
import { changeSettings } from "@/api/people";
import type { Settings } from "@/api/types";
import { Problem, useSentence } from "@/components/Problem";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { useMay } from "@/session";

const FIELDS = [
  { key: "log_days", label: "logDays", help: "logDaysHelp", least: 0, most: 36_500 },
  { key: "max_cores", label: "maxCores", help: "adviceHelp", least: 1, most: 4096 },
  { key: "max_memory", label: "maxMemory", help: "adviceHelp", least: 1, most: 1 << 20 },
  { key: "max_disk", label: "maxDisk", help: "adviceHelp", least: 1, most: 1 << 20 },
] as const;

type Key = (typeof FIELDS)[number]["key"];

/** Settings that take effect at once; the rest is in the files of the host, and the manual. */
export function GeneralForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const [texts, setTexts] = useState<Record<Key, string>>(
    () => Object.fromEntries(FIELDS.map(({ key }) => [key, String(settings[key])])) as Record<Key, string>,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const sentence = useSentence(problem ?? new Error());
  const wrongField = problem instanceof ApiError ? problem.field : "";
  const isWrong = ({ key, least, most }: (typeof FIELDS)[number]): boolean => {
    const value = Number(texts[key]);
    return !/^\d+$/.test(texts[key].trim()) || value < least || value > most;
  };
  const save = async (): Promise<void> => {
    if (FIELDS.some(isWrong)) return;
    setBusy(true);
    setProblem(null);
    try {
      await changeSettings(Object.fromEntries(FIELDS.map(({ key }) => [key, Number(texts[key])])) as unknown as Settings);
      toast(t("saved"));
    } catch (cause) {
      setProblem(cause as Error);
    }
    setBusy(false);
  };
  return (
    <Form
      className="nano-narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problem && !wrongField && <Problem problem={problem} />}
      {FIELDS.map((field) => (
        <TextLine
          key={field.key}
          id={field.key}
          label={t(field.label)}
          help={t(field.help)}
          inputMode="numeric"
          value={texts[field.key]}
          onChange={(value) => setTexts({ ...texts, [field.key]: value })}
          problem={wrongField === field.key ? sentence : isWrong(field) ? t("wholeNumber", { least: field.least, most: field.most }) : undefined}
        />
      ))}
      {may("settings.write") && (
        <div>
          <Button type="submit" isLoading={busy} isAriaDisabled={busy}>
            {t("save")}
          </Button>
        </div>
      )}
    </Form>
  );
}
