/** Every right in words, by what it is about: in roles, tokens, and where somebody lacks one. */
import { useTranslation } from "react-i18next";

const area = <const Word extends string, const Rights extends Record<string, string>>(word: Word, rights: Rights) => ({ word, rights });

export const RIGHTS = {
  overview: area("overview", { "overview.read": "rightOverview" }),
  guest: area("guests", {
    "guest.read": "rightGuestRead",
    "guest.create": "rightGuestCreate",
    "guest.power": "rightGuestPower",
    "guest.console": "rightGuestConsole",
    "guest.change": "rightGuestChange",
    "guest.delete": "rightGuestDelete",
    "guest.all": "rightGuestAll",
  }),
  image: area("images", {
    "image.read": "rightImageRead",
    "image.write": "rightImageWrite",
    "image.all": "rightImageAll",
    "template.read": "rightTemplateRead",
    "template.write": "rightTemplateWrite",
  }),
  pool: area("poolsAndHosts", {
    "pool.read": "rightPoolRead",
    "pool.write": "rightPoolWrite",
    "cell.read": "rightCellRead",
    "cell.write": "rightCellWrite",
  }),
  operation: area("operations", { "operation.read": "rightOperationRead", "operation.all": "rightOperationAll" }),
  user: area("people", {
    "user.read": "rightUserRead",
    "user.write": "rightUserWrite",
    "role.read": "rightRoleRead",
    "role.write": "rightRoleWrite",
    "visibility.read": "rightSharingRead",
    "visibility.write": "rightSharingWrite",
    "session.read": "rightSessionRead",
    "session.write": "rightSessionWrite",
  }),
  system: area("system", { "audit.read": "rightAuditRead", "settings.read": "rightSettingsRead", "settings.write": "rightSettingsWrite" }),
} as const;

type Areas = (typeof RIGHTS)[keyof typeof RIGHTS];
type Sentence<A> = A extends { rights: infer R } ? R[keyof R] : never;

const SENTENCES = new Map<string, Sentence<Areas>>(Object.values(RIGHTS).flatMap(({ rights }) => Object.entries<Sentence<Areas>>(rights)));

/** A right in words; one of a newer server by its own name. */
export function useRightWords(): (right: string) => string {
  const { t } = useTranslation();
  return (right) => {
    const sentence = SENTENCES.get(right);
    return sentence ? t(sentence) : right;
  };
}
