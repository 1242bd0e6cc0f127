import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { signOut } from "@/api/acts";
import { PasswordForm } from "@/pages/me/PasswordForm";
import { EntryPage } from "./EntryPage";

/** The last step of a sign-in with a password that somebody else chose. */
export function NewPasswordPage() {
  const { t } = useTranslation("entry");
  return (
    <EntryPage title={t("newPasswordTitle")}>
      <p>{t("newPasswordText")}</p>
      <PasswordForm />
      <Button variant="link" isInline onClick={() => void signOut()}>{t("back")}</Button>
    </EntryPage>
  );
}
