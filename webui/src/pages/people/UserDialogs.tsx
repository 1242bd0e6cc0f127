/** The dialogs of users, opened by `do=` and `user=` of the address. */
import { useTranslation } from "react-i18next";

import { changeUser, deleteUser, endSessionsOf, resetTwoStep, unlockUser } from "@/api/people";
import type { User } from "@/api/types";
import { type Confirmation, ConfirmDialog } from "@/components/ConfirmDialog";
import { toast } from "@/components/toasts";
import { changeQuery, usePlace } from "@/router";
import { useMay } from "@/session";
import { ResetPassword } from "./ResetPassword";
import { UserForm } from "./UserForm";

const close = (): void => changeQuery({ do: "", user: "" }, { replace: true });

export function UserDialogs({ users }: { users: User[] }) {
  const { query } = usePlace();
  const may = useMay();
  const dialog = query.get("do") ?? "";
  const user = users.find(({ name }) => name === query.get("user"));
  if (!may("user.write")) return null;
  if (dialog === "create") return <UserForm onClose={close} />;
  if (!user) return null;
  if (dialog === "edit") return <UserForm user={user} onClose={close} />;
  if (dialog === "reset-password") return <ResetPassword user={user.name} onClose={close} />;
  return <Ask dialog={dialog} user={user} />;
}

function Ask({ dialog, user }: { dialog: string; user: User }) {
  const { t } = useTranslation("people");
  const { name } = user;
  const remove = async (): Promise<void> => {
    await deleteUser(name);
    toast(t("userDeleted", { name }));
  };
  const dialogs: Record<string, Confirmation> = {
    enable: { title: t("enableTitle"), body: t("enableText", { name }), verb: t("enableVerb", { name }), act: () => changeUser(name, { disabled: false }) },
    disable: { title: t("disableTitle"), body: t("disableText", { name }), verb: t("disableVerb", { name }), act: () => changeUser(name, { disabled: true }) },
    unlock: { title: t("unlockTitle"), body: t("unlockText", { name }), verb: t("unlockVerb", { name }), act: () => unlockUser(name) },
    "end-sessions": { title: t("endSessionsTitle"), body: t("endSessionsText", { name }), verb: t("endSessionsVerb", { name }), act: () => endSessionsOf(name) },
    "reset-two-step": {
      title: t("resetTwoStepTitle"),
      body: t("resetTwoStepText", { name }),
      verb: t("resetTwoStep"),
      danger: true,
      act: () => resetTwoStep(name),
    },
    delete: { title: t("deleteUserTitle"), body: t("deleteUserText", { name }), verb: t("deleteVerb", { name }), danger: true, typed: name, act: remove },
  };
  const confirmation = dialogs[dialog];
  return confirmation ? <ConfirmDialog {...confirmation} onClose={close} /> : null;
}
