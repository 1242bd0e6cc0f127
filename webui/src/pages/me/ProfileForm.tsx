import { useState } from "react";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { useTranslation } from "react-i18next";

import { changeProfile } from "@/api/people";
import type { Me } from "@/api/types";
import { Problem } from "@/components/Problem";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";

export function ProfileForm({ me: { details } }: { me: Me }) {
  const { t } = useTranslation("me");
  const [nick, setNick] = useState(details.nick ?? "");
  const [mail, setMail] = useState(details.mail ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await changeProfile(nick.trim(), mail.trim()).then(
      () => toast(t("saved")),
      (cause: unknown) => setProblem(cause as Error),
    );
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
      <p>
        {t("signedInAs")} <strong>{details.name}</strong> {t("inGroups", { groups: (details.groups ?? []).join(", ") || "–" })}
      </p>
      <TextLine id="nick" label={t("nick")} value={nick} onChange={setNick} autoComplete="nickname" />
      <TextLine id="mail" label={t("mail")} type="email" value={mail} onChange={setMail} autoComplete="email" />
      <p className="nano-dim">{t("languageAndTheme")}</p>
      <div>
        <Button type="submit" isLoading={busy} isAriaDisabled={busy}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}
