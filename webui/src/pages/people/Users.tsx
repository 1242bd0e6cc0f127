import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { PageSection } from "pf/Page";
import SearchIcon from "icon/search";
import { useTranslation } from "react-i18next";

import { groupsQuery, usersQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { type Action, ActionMenu } from "@/components/ActionMenu";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { usePaging, SIZES } from "@/components/listView";
import { PageHead } from "@/components/PageHead";
import { Pager } from "@/components/Pager";
import { Problem } from "@/components/Problem";
import { SearchField } from "@/components/SearchField";
import { StateLabel } from "@/components/StateLabel";
import { USER } from "@/components/states";
import { When } from "@/components/When";
import { count } from "@/format/bytes";
import { changeQuery, usePlace } from "@/router";
import { useMay, usePortal } from "@/session";
import { UserDialogs } from "./UserDialogs";

const STATES = ["active", "disabled", "locked"] as const;
const SORT = /^-?(name|created|last_login)$/;

export default function Users() {
  const { t } = useTranslation("people");
  const { query } = usePlace();
  const may = useMay();
  const paging = usePaging();
  const keyword = (query.get("q") ?? "").trim().slice(0, 100);
  const state = STATES.find((one) => one === query.get("state")) ?? "";
  const group = query.get("group") ?? "";
  const wanted = query.get("sort") ?? "";
  const sort = SORT.test(wanted) ? wanted : "name";
  const { data, error, refetch } = useQuery(usersQuery({ keyword, state, group, sort, limit: paging.limit, offset: paging.offset }));
  const total = data?.total ?? 0;
  const filtered = Boolean(keyword || state || group);
  const columns = useColumns();
  const actionsOf = useUserActions();
  const clear = <Button variant="link" onClick={() => changeQuery({ q: "", state: "", group: "", page: "" })}>{t("clearFilters")}</Button>;
  return (
    <>
      <PageHead
        title={t("users")}
        beside={data && <span className="nano-figure">{count(total)}</span>}
        actions={may("user.write") && <Button onClick={() => changeQuery({ do: "create" })}>{t("createUser")}</Button>}
      />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <div className="nano-toolbar">
          <SearchField keyword={keyword} label={t("searchUsers")} hint={t("searchUsersHint")} />
          <Filters state={state} group={group} />
          {filtered && clear}
          <span className="nano-push" />
          <Pager page={paging.page} size={paging.size} total={total} sizes={SIZES} onPage={paging.onPage} onSize={paging.onSize} />
        </div>
        {data?.total === 0 ? (
          <Empty title={t("noHits")} icon={SearchIcon} actions={clear}>{t("noUserHits")}</Empty>
        ) : (
          <DataTable
            label={t("users")}
            columns={columns}
            rows={data?.result}
            rowKey={({ name }) => name}
            rowName={({ name }) => name}
            sort={sort}
            onSort={(next) => changeQuery({ sort: next === "name" ? "" : next, page: "" }, { replace: true })}
            {...(may("user.write") ? { actions: (user: User) => <ActionMenu label={t("actionsOf", { name: user.name })} actions={actionsOf(user)} /> } : {})}
          />
        )}
      </PageSection>
      <UserDialogs users={data?.result ?? []} />
    </>
  );
}

function Filters({ state, group }: { state: string; group: string }) {
  const { t } = useTranslation("people");
  const { t: tShell } = useTranslation();
  const { data: groups = [] } = useQuery(groupsQuery);
  return (
    <>
      <FormSelect value={state} onChange={(_event, value) => changeQuery({ state: value, page: "" })} aria-label={t("stateFilter")} className="nano-select">
        <FormSelectOption value="" label={t("everyState")} />
        {STATES.map((one) => (
          <FormSelectOption key={one} value={one} label={tShell(USER[one].word)} />
        ))}
      </FormSelect>
      <FormSelect value={group} onChange={(_event, value) => changeQuery({ group: value, page: "" })} aria-label={t("groupFilter")} className="nano-select">
        <FormSelectOption value="" label={t("everyGroup")} />
        {groups.map(({ name }) => (
          <FormSelectOption key={name} value={name} label={name} />
        ))}
      </FormSelect>
    </>
  );
}

const stateOf = ({ disabled, locked }: User) => (disabled ? USER.disabled : locked ? USER.locked : USER.active);

function useColumns(): Column<User>[] {
  const { t } = useTranslation("people");
  return [
    { key: "name", label: t("name"), sortable: true, cell: ({ name, nick }) => <Who name={name} nick={nick ?? ""} /> },
    { key: "state", label: t("state"), cell: (user) => <StateLabel state={stateOf(user)} /> },
    { key: "groups", label: t("groups"), cell: ({ groups = [] }) => <GroupLinks groups={groups} /> },
    { key: "two_step", label: t("twoStep"), cell: ({ two_step: on }) => (on ? t("on") : t("off")) },
    { key: "last_login", label: t("lastSignIn"), sortable: true, cell: ({ last_login: at = 0, last_address: from }) => <LastSignIn at={at} from={from ?? ""} /> },
    { key: "sessions", label: t("sessions"), numeric: true, minor: true, cell: ({ sessions = 0 }) => count(sessions) },
  ];
}

function Who({ name, nick }: { name: string; nick: string }) {
  return (
    <span>
      <strong>{name}</strong> {nick && <bdi className="nano-dim">{nick}</bdi>}
    </span>
  );
}

function GroupLinks({ groups }: { groups: string[] }) {
  const { t } = useTranslation("people");
  if (groups.length === 0) return <span className="nano-dim">{t("noGroupSeesNothing")}</span>;
  return (
    <span className="nano-row">
      {groups.map((group) => (
        <a key={group} href={`/groups/${encodeURIComponent(group)}`}>
          {group}
        </a>
      ))}
    </span>
  );
}

function LastSignIn({ at, from }: { at: number; from: string }) {
  const { t } = useTranslation("people");
  if (!at) return t("never");
  return (
    <span>
      <When moment={at} /> <span className="nano-dim">{from}</span>
    </span>
  );
}

function useUserActions(): (user: User) => Action[] {
  const { t } = useTranslation("people");
  const { user: me } = usePortal();
  const may = useMay();
  return ({ name, disabled, locked, two_step: twoStep, sessions }) => {
    const ask = (dialog: string) => () => changeQuery({ do: dialog, user: name });
    const own = name === me ? { refused: t("notYourself") } : {};
    const actions: Action[] = [
      { key: "edit", label: t("edit"), act: ask("edit") },
      { key: "reset", label: t("resetPassword"), act: ask("reset-password"), ...own },
      { key: disabled ? "enable" : "disable", label: disabled ? t("enable") : t("disable"), act: ask(disabled ? "enable" : "disable"), ...own },
    ];
    if (locked) actions.push({ key: "unlock", label: t("unlock"), act: ask("unlock") });
    if (twoStep) actions.push({ key: "two-step", label: t("resetTwoStep"), act: ask("reset-two-step"), ...own });
    if (sessions && may("session.write")) actions.push({ key: "sessions", label: t("endSessions"), act: ask("end-sessions") });
    actions.push({ key: "delete", label: t("delete"), danger: true, act: ask("delete"), ...own });
    return actions;
  };
}
