/** Where the side bar and the palette lead. */
import type { Right } from "@/api/types";

export interface Entry {
  to: string;
  word: "overview" | "guests" | "poolsAndHosts" | "images" | "operations" | "users" | "groups" | "roles" | "auditLog" | "settings";
  right: Right | "";
  /** Addresses that belong to this entry. */
  covers: string[];
}

interface Group {
  word: "" | "infrastructure" | "people" | "system";
  entries: Entry[];
}

export const GROUPS: Group[] = [
  {
    word: "",
    entries: [
      { to: "/overview", word: "overview", right: "overview.read", covers: ["/overview"] },
      { to: "/guests", word: "guests", right: "guest.read", covers: ["/guests"] },
    ],
  },
  {
    word: "infrastructure",
    entries: [
      { to: "/pools", word: "poolsAndHosts", right: "pool.read", covers: ["/pools", "/hosts"] },
      { to: "/images/disk", word: "images", right: "image.read", covers: ["/images"] },
    ],
  },
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
