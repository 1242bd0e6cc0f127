import { useState } from "react";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { useTranslation } from "react-i18next";

import { changePassword } from "@/api/people";
import { Problem } from "@/components/Problem";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { isGood } from "@/format/passwordRule";
import { usePortal } from "@/session";

const NOTHING = { old: "", wanted: "", repeat: "" };

/** Also the third step of a sign-in, when somebody else chose the password. */
export function PasswordForm() {
  const { t } = useTranslation("me");
  const { user } = usePortal();
  const [values, setValues] = useState(NOTHING);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const set = (key: keyof typeof values) => (value: string) => setValues({ ...values, [key]: value });
  const weak = !isGood(values.wanted);
  const differs = values.wanted !== values.repeat;
  const save = async (): Promise<void> => {
    setTried(true);
    if (busy || weak || differs) return;
    setBusy(true);
    setProblem(null);
    try {
      await changePassword(user, values.old, values.wanted);
      setValues(NOTHING);
      setTried(false);
      toast(t("passwordChanged"));
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
      {problem && <Problem problem={problem} />}
      <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
      <TextLine id="old-password" label={t("oldPassword")} type="password" value={values.old} onChange={set("old")} autoComplete="current-password" required />
      <TextLine
        id="new-password"
        label={t("newPassword")}
        type="password"
        value={values.wanted}
        onChange={set("wanted")}
        help={t("passwordRule")}
        problem={tried && weak ? t("passwordRule") : undefined}
        autoComplete="new-password"
        required
      />
      <TextLine
        id="repeat-password"
        label={t("repeatPassword")}
        type="password"
        value={values.repeat}
        onChange={set("repeat")}
        problem={tried && differs ? t("passwordsDiffer") : undefined}
        autoComplete="new-password"
        required
      />
      <div>
        <Button type="submit" isLoading={busy} isAriaDisabled={busy}>
          {t("changePassword")}
        </Button>
      </div>
    </Form>
  );
}
