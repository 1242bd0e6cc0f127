import { Button } from "pf/Button";
import { Masthead, MastheadBrand, MastheadContent, MastheadLogo, MastheadMain, MastheadToggle } from "pf/Masthead";
import { PageToggleButton } from "pf/Page";
import PlusIcon from "icon/plus";
import { useTranslation } from "react-i18next";

import { useMay } from "@/session";
import { Bell } from "./Bell";
import { LanguageMenu, ThemeMenu, UserMenu } from "./menus";

export function Head() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Masthead display={{ default: "inline" }}>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" isHamburgerButton aria-label={t("navigation")} />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo href="/overview" className="nano-logo" aria-label={t("logo")}>
            <img src="/favicon.svg" alt="" width="28" height="28" />
            <span>Nano</span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <div className="nano-masthead">
          {may("guest.create") && (
            <Button component="a" href="/guests/new" variant="secondary" size="sm" icon={<PlusIcon />} aria-label={t("createGuest")}>
              <span className="nano-wide">{t("createGuest")}</span>
            </Button>
          )}
          {may("operation.read") && <Bell />}
          <LanguageMenu />
          <ThemeMenu />
          <UserMenu />
        </div>
      </MastheadContent>
    </Masthead>
  );
}
