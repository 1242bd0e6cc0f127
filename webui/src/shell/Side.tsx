import { Nav, NavGroup, NavItem, NavList } from "pf/Nav";
import { PageSidebar, PageSidebarBody } from "pf/Page";
import { useTranslation } from "react-i18next";

import { usePlace } from "@/router";
import { useMay } from "@/session";
import { type Entry, GROUPS } from "./places";

/** Only pages that exist and may be read; a group without any is not drawn. */
export function Side() {
  const { t } = useTranslation();
  const { path } = usePlace();
  const may = useMay();
  const items = (entries: Entry[]) =>
    entries.map(({ to, word, covers }) => {
      const active = covers.some((start) => path === start || path.startsWith(`${start}/`));
      return (
        <NavItem key={to} to={to} isActive={active}>
          {t(word)}
        </NavItem>
      );
    });
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label={t("navigation")}>
          {GROUPS.map(({ word, entries }) => {
            const shown = entries.filter(({ right }) => right === "" || may(right));
            if (shown.length === 0) return null;
            if (word) return <NavGroup key={word} title={t(word)}>{items(shown)}</NavGroup>;
            return <NavList key="top">{items(shown)}</NavList>;
          })}
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}
