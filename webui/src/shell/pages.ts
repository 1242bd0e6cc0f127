/** Every page of the portal: its address, who may see it, and what is loaded for it. */
import { type ComponentType, lazy } from "react";

import type { Right } from "@/api/types";
import { persistently } from "@/persistently";

export interface PageProps {
  /** Values of the places in the address, e.g. `id` of /guests/:id. */
  places: Record<string, string>;
}

export interface PageRoute {
  path: string;
  /** "" = everybody who is signed in. */
  right: Right | "";
  Page: ComponentType<PageProps>;
}

const Overview = lazy(() => persistently(() => import("@/pages/overview/Overview")));
const Guests = lazy(() => persistently(() => import("@/pages/guests/Guests")));
const Create = lazy(() => persistently(() => import("@/pages/create/Create")));
const Guest = lazy(() => persistently(() => import("@/pages/guest/Guest")));
const Pools = lazy(() => persistently(() => import("@/pages/pools/Pools")));
const Operations = lazy(() => persistently(() => import("@/pages/operations/Operations")));
const Operation = lazy(() => persistently(() => import("@/pages/operations/Operation")));

const Images = lazy(() => persistently(() => import("@/pages/images/Images")));
const Users = lazy(() => persistently(() => import("@/pages/people/Users")));
const Groups = lazy(() => persistently(() => import("@/pages/people/Groups")));
const Group = lazy(() => persistently(() => import("@/pages/people/Group")));
const Roles = lazy(() => persistently(() => import("@/pages/people/Roles")));
const Role = lazy(() => persistently(() => import("@/pages/people/Role")));
const Audit = lazy(() => persistently(() => import("@/pages/audit/Audit")));
const Settings = lazy(() => persistently(() => import("@/pages/settings/Settings")));
const Me = lazy(() => persistently(() => import("@/pages/me/Me")));

export const PAGES: PageRoute[] = [
  { path: "/overview", right: "overview.read", Page: Overview },
  { path: "/guests", right: "guest.read", Page: Guests },
  { path: "/guests/new", right: "guest.create", Page: Create },
  { path: "/guests/:id", right: "guest.read", Page: Guest },
  { path: "/guests/:id/:tab", right: "guest.read", Page: Guest },
  { path: "/pools", right: "pool.read", Page: Pools },
  { path: "/hosts", right: "cell.read", Page: Pools },
  { path: "/operations", right: "operation.read", Page: Operations },
  { path: "/operations/:id", right: "operation.read", Page: Operation },
  { path: "/images", right: "image.read", Page: Images },
  { path: "/images/:kind", right: "image.read", Page: Images },
  { path: "/users", right: "user.read", Page: Users },
  { path: "/groups", right: "user.read", Page: Groups },
  { path: "/groups/:group", right: "user.read", Page: Group },
  { path: "/groups/:group/:tab", right: "user.read", Page: Group },
  { path: "/roles", right: "role.read", Page: Roles },
  { path: "/roles/:role", right: "role.read", Page: Role },
  { path: "/audit", right: "audit.read", Page: Audit },
  { path: "/settings", right: "", Page: Settings },
  { path: "/settings/:tab", right: "", Page: Settings },
  { path: "/me", right: "", Page: Me },
  { path: "/me/:tab", right: "", Page: Me },
];
