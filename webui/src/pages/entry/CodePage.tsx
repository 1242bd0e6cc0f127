import { type SubmitEvent, useState } from "react";
import { ActionGroup, Form } from "pf/Form";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { signOut } from "@/api/acts";
import { giveCode } from "@/api/people";
import { Problem } from "@/components/Problem";
import { EntryPage } from "./EntryPage";
import { TextField } from "./SetUpPage";

const DIGITS = 6;

/** The second step of a sign-in: six digits of the app, sent as soon as they are there, or a recovery code. */
export function CodePage() {
  const { t } = useTranslation("entry");
  const [code, setCode] = useState("");
  const [recovery, setRecovery] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const send = async (given: string): Promise<void> => {
    if (busy || !given.trim()) return;
    setBusy(true);
    setProblem(null);
    try {
      await giveCode(given.replace(/\s/g, ""));
    } catch (cause) {
      setProblem(cause as Error);
      setCode("");
      setBusy(false);
    }
  };
  const type = (text: string): void => {
    setCode(text);
    const digits = text.replace(/[\s-]/g, "");
    if (!recovery && /^\d+$/.test(digits) && digits.length === DIGITS) void send(digits);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void send(code);
  };
  const change = (): void => {
    setRecovery(!recovery);
    setCode("");
  };
  return (
    <EntryPage title={t("twoStepTitle")}>
      <Form onSubmit={submit}>
        {problem && <Problem problem={problem} />}
        <TextField
          key={String(recovery)}
          id="code"
          label={recovery ? t("recoveryCode") : t("codeFromApp")}
          value={code}
          onChange={type}
          autoComplete="one-time-code"
          autoFocus
        />
        <ActionGroup>
          <Button type="submit" isLoading={busy} isBlock>
            {t("signIn")}
          </Button>
          <Button variant="link" onClick={change}>{recovery ? t("useApp") : t("useRecoveryCode")}</Button>
          <Button variant="link" onClick={() => void signOut()}>{t("back")}</Button>
        </ActionGroup>
      </Form>
    </EntryPage>
  );
}
