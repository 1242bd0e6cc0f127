import { type SubmitEvent, useState } from "react";
import { ActionGroup, Form } from "pf/Form";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { signIn } from "@/api/acts";
import { Problem } from "@/components/Problem";
import { EntryPage } from "./EntryPage";
import { PasswordField } from "./PasswordField";
import { TextField } from "./SetUpPage";

export function SignInPage() {
  const { t } = useTranslation("entry");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await signIn(user.trim(), password);
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
    }
  };

  return (
    <EntryPage title={t("signInTitle")}>
      <Form onSubmit={(event) => void submit(event)}>
        {problem && <SignInProblem problem={problem} />}
        <TextField id="user" label={t("user")} value={user} onChange={setUser} autoComplete="username" autoFocus />
        <PasswordField id="password" label={t("password")} value={password} onChange={setPassword} autoComplete="current-password" />
        <ActionGroup>
          <Button type="submit" isLoading={busy} isBlock>
            {t("signIn")}
          </Button>
        </ActionGroup>
      </Form>
    </EntryPage>
  );
}

function SignInProblem({ problem }: { problem: Error }) {
  const { t } = useTranslation("entry");
  const wrong = "status" in problem && problem.status === 401;
  return wrong ? <Problem problem={new Error(t("wrongUserOrPassword"))} /> : <Problem problem={problem} />;
}
