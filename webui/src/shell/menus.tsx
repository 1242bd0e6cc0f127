/** Choices of the masthead; sign-in and set-up show language and theme too. */
import { type ReactNode, useState } from "react";
import { Dropdown, DropdownItem, DropdownList } from "pf/Dropdown";
import { MenuToggle } from "pf/MenuToggle";
import AdjustIcon from "icon/adjust";
import LanguageIcon from "icon/language";
import MoonIcon from "icon/moon";
import SunIcon from "icon/sun";
import UserIcon from "icon/user";
import { useTranslation } from "react-i18next";

import { signOut } from "@/api/acts";
import { chooseLanguage } from "@/i18n";
import { isLanguage, language, LANGUAGES } from "@/i18n/language";
import { navigate } from "@/router";
import { usePortal } from "@/session";
import { chooseTheme, type Theme, useTheme } from "@/theme";
import { showKeys } from "./KeySheet";

interface Choice {
  value: string;
  text: string;
  lang?: string;
}

interface Props {
  label: string;
  icon: ReactNode;
  choices: Choice[];
  chosen?: string;
  onChoose: (value: string) => void;
  children?: ReactNode;
}

function ChoiceMenu({ label, icon, choices, chosen, onChoose, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={(_event, value) => {
        setOpen(false);
        onChoose(String(value));
      }}
      popperProps={{ position: "right" }}
      shouldFocusToggleOnSelect
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={label} icon={icon}>
          {children}
        </MenuToggle>
      )}
    >
      <DropdownList>
        {choices.map(({ value, text, lang }) => (
          <DropdownItem key={value} value={value} lang={lang} isSelected={value === chosen}>
            {text}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}

export function LanguageMenu() {
  const { t } = useTranslation();
  const choices = Object.entries(LANGUAGES).map(([value, text]) => ({ value, text, lang: value }));
  const choose = (value: string): void => {
    if (isLanguage(value)) void chooseLanguage(value);
  };
  return <ChoiceMenu label={t("language")} icon={<LanguageIcon />} choices={choices} chosen={language()} onChoose={choose} />;
}

const THEMES: Record<Theme, { word: "themeAuto" | "themeLight" | "themeDark"; Icon: typeof SunIcon }> = {
  auto: { word: "themeAuto", Icon: AdjustIcon },
  light: { word: "themeLight", Icon: SunIcon },
  dark: { word: "themeDark", Icon: MoonIcon },
};

export function ThemeMenu() {
  const { t } = useTranslation();
  const theme = useTheme();
  const { Icon } = THEMES[theme];
  const choices = Object.entries(THEMES).map(([value, { word }]) => ({ value, text: t(word) }));
  return <ChoiceMenu label={t("theme")} icon={<Icon />} choices={choices} chosen={theme} onChoose={(value) => chooseTheme(value as Theme)} />;
}

export function UserMenu() {
  const { t } = useTranslation();
  const { user } = usePortal();
  const choices = [
    { value: "me", text: t("profileAndSecurity") },
    { value: "keys", text: t("keyboardKeys") },
    { value: "out", text: t("signOut") },
  ];
  const choose = (value: string): void => {
    if (value === "me") navigate("/me/profile");
    else if (value === "out") void signOut();
    else showKeys();
  };
  return (
    <ChoiceMenu label={t("userMenu", { user })} icon={<UserIcon />} choices={choices} onChoose={choose}>
      <span className="nano-wide">{user}</span>
    </ChoiceMenu>
  );
}
