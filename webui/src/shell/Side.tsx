import { Nav, NavGroup, NavItem, NavList } from "pf/Nav";
import { PageSidebar, PageSidebarBody } from "pf/Page";
import { useTranslation } from "react-i18next";

import type { Right } from "@/api/types";
import { usePlace } from "@/router";
import { useMay } from "@/session";

interface Entry {
  to: string;
  word: "overview" | "guests" | "poolsAndHosts" | "operations" | "users" | "groups" | "roles" | "auditLog" | "settings";
  right: Right | "";
  /** Addresses that belong to this entry. */
  covers: string[];
}

interface Group {
  word: "" | "infrastructure" | "people" | "system";
  entries: Entry[];
}

const GROUPS: Group[] = [
  {
    word: "",
    entries: [
      { to: "/overview", word: "overview", right: "overview.read", covers: ["/overview"] },
      { to: "/guests", word: "guests", right: "guest.read", covers: ["/guests"] },
    ],
  },
  { word: "infrastructure", entries: [{ to: "/pools", word: "poolsAndHosts", right: "pool.read", covers: ["/pools", "/hosts"] }] },
  {
    word: "people",
    entries: [
      { to: "/users", word: "users", right: "user.read", covers: ["/users"] },
      { to: "/groups", word: "groups", right: "user.read", covers: ["/groups"] },
      { to: "/roles", word: "roles", right: "role.read", covers: ["/roles"] },
    ],
  },
  {
    word: "system",
    entries: [
      { to: "/operations", word: "operations", right: "operation.read", covers: ["/operations"] },
      { to: "/audit", word: "auditLog", right: "audit.read", covers: ["/audit"] },
      { to: "/settings", word: "settings", right: "", covers: ["/settings"] },
    ],
  },
];

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
