/** What an entry of the audit log says was done: words for the common routes, the route's own name for the rest. */
import { useTranslation } from "react-i18next";

const WORDS = {
  sign_in: "actSignIn",
  give_code: "actGiveCode",
  sign_out: "actSignOut",
  create_session: "actSignIn",
  set_up_portal: "actSetUp",
  create_guest: "actCreateGuest",
  delete_guest: "actDeleteGuest",
  start_instance: "actStart",
  stop_instance: "actStop",
  start_guest: "actStart",
  stop_guest: "actStop",
  open_console: "actConsole",
  create_channel: "actConsoleAsked",
  create_user: "actCreateUser",
  modify_user: "actChangeUser",
  delete_user: "actDeleteUser",
  change_password: "actChangePassword",
  reset_password: "actResetPassword",
  reset_two_step: "actResetTwoStep",
  unlock_user: "actUnlock",
  create_group: "actCreateGroup",
  modify_group: "actChangeGroup",
  delete_group: "actDeleteGroup",
  add_member: "actAddMember",
  remove_member: "actRemoveMember",
  create_role: "actCreateRole",
  modify_role: "actChangeRole",
  delete_role: "actDeleteRole",
  revoke_session: "actEndSession",
  create_my_token: "actMakeToken",
  revoke_my_token: "actRevokeToken",
  create_pool: "actCreatePool",
  modify_pool: "actChangePool",
  delete_pool: "actDeletePool",
  add_cell: "actAddHost",
  remove_cell: "actRemoveHost",
  create_join_token: "actJoinToken",
  create_disk_image: "actCreateImage",
  delete_disk_image: "actDeleteImage",
  create_media_image: "actCreateImage",
  delete_media_image: "actDeleteImage",
  modify_settings: "actSettings",
  export_audit: "actExport",
} as const;

export function useAction(): (action: string) => string {
  const { t } = useTranslation("audit");
  return (action) => (action in WORDS ? t(WORDS[action as keyof typeof WORDS]) : action.replaceAll("_", " "));
}
