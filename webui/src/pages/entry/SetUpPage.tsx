import { type SubmitEvent, useState } from "react";
import { ActionGroup, Form, FormGroup } from "pf/Form";
import { Button } from "pf/Button";
import { HelperText, HelperTextItem } from "pf/HelperText";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { setUp } from "@/api/acts";
import { ApiError } from "@/api/client";
import { FieldHelp } from "@/components/FieldHelp";
import { Problem, useSentence } from "@/components/Problem";
import { EntryPage } from "./EntryPage";
import { isGood, PASSWORD_RULE } from "@/format/passwordRule";
import { PasswordField } from "./PasswordField";

/** First run: whoever holds the code that the installer printed becomes the administrator. */
export function SetUpPage() {
  const { t } = useTranslation("entry");
  return (
    <EntryPage
      title={t("setUpTitle")}
      aside={
        <>
          <h2>{t("whereCode")}</h2>
          <p>{t("whereCodeText")}</p>
          <pre>cat data/setup-code</pre>
        </>
      }
    >
      <SetUpForm />
    </EntryPage>
  );
}

function SetUpForm() {
  const { t } = useTranslation("entry");
  const [values, setValues] = useState({ code: "", user: "admin", password: "", repeat: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const set = (key: keyof typeof values) => (value: string) => setValues({ ...values, [key]: value });
  const wrong = useWrong(values, tried, problem);
  const atField = problem instanceof ApiError && problem.field in values;

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy || !values.code.trim() || !values.user.trim() || !isGood(values.password) || values.password !== values.repeat) return;
    setBusy(true);
    setProblem(null);
    try {
      await setUp(values.code.replace(/\s/g, "").toUpperCase(), values.user.trim(), values.password);
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)} noValidate>
      {problem && !atField && <Problem problem={problem} />}
      <TextField id="code" label={t("code")} value={values.code} onChange={set("code")} problem={wrong.code} autoComplete="one-time-code" autoFocus />
      <TextField id="user" label={t("administrator")} value={values.user} onChange={set("user")} problem={wrong.user} autoComplete="username" />
      <PasswordField
        id="password"
        label={t("password")}
        value={values.password}
        onChange={set("password")}
        autoComplete="new-password"
        describedBy="password-rule"
        problem={wrong.password}
      />
      <HelperText id="password-rule" component="ul">
        {PASSWORD_RULE.map(({ word, holds }) => {
          const kept = holds(values.password);
          return (
            <HelperTextItem key={word} component="li" variant={kept ? "success" : "indeterminate"} screenReaderText={kept ? t("kept") : t("notKept")}>
              {t(word)}
            </HelperTextItem>
          );
        })}
      </HelperText>
      <PasswordField
        id="repeat"
        label={t("repeat")}
        value={values.repeat}
        onChange={set("repeat")}
        autoComplete="new-password"
        problem={wrong.repeat}
      />
      <ActionGroup>
        <Button type="submit" isLoading={busy} isBlock>
          {t("setUp")}
        </Button>
      </ActionGroup>
    </Form>
  );
}

type Values = Record<"code" | "user" | "password" | "repeat", string>;

function useWrong(values: Values, tried: boolean, problem: Error | null): Partial<Values> {
  const { t } = useTranslation("entry");
  const sentence = useSentence(problem ?? new Error());
  const wrong: Partial<Values> = {};
  if (problem instanceof ApiError && problem.field in values) wrong[problem.field as keyof Values] = sentence;
  if (!tried) return wrong;
  if (!values.code.trim()) wrong.code = t("needed");
  if (!values.user.trim()) wrong.user = t("needed");
  if (!isGood(values.password)) wrong.password = t("weak");
  if (values.password !== values.repeat) wrong.repeat = t("differs");
  return wrong;
}

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: string;
  autoFocus?: boolean;
  problem?: string | undefined;
}

export function TextField({ id, label, value, onChange, autoComplete, autoFocus, problem }: TextFieldProps) {
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <TextInput
        id={id}
        name={id}
        value={value}
        onChange={(_event, text) => onChange(text)}
        autoComplete={autoComplete}
        autoCapitalize="off"
        spellCheck={false}
        autoFocus={Boolean(autoFocus)}
        required
        validated={problem ? "error" : "default"}
        aria-describedby={problem ? `${id}-help` : undefined}
      />
      <FieldHelp id={id} problem={problem} />
    </FormGroup>
  );
}
