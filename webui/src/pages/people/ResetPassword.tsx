import { useState } from "react";
import { useTranslation } from "react-i18next";

import { resetPassword } from "@/api/people";
import { CopyText } from "@/components/CopyText";
import { FormDialog } from "@/components/FormDialog";

/** The new password is made by the server and shown here, this once. */
export function ResetPassword({ user, onClose }: { user: string; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [password, setPassword] = useState("");
  const reset = async (): Promise<"stay"> => {
    setPassword(await resetPassword(user));
    return "stay";
  };
  if (password)
    return (
      <FormDialog title={t("newPasswordTitle", { name: user })} onClose={onClose}>
        <p className="nano-command">
          <CopyText text={password} what={t("password")} />
        </p>
        <p>{t("newPasswordText")}</p>
      </FormDialog>
    );
  return (
    <FormDialog title={t("resetPasswordTitle")} verb={t("resetPassword")} danger act={reset} onClose={onClose}>
      <p>{t("resetPasswordText", { name: user })}</p>
    </FormDialog>
  );
}
