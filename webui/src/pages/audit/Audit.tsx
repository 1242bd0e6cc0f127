import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "pf/Alert";
import { Button } from "pf/Button";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { PageSection } from "pf/Page";
import SearchIcon from "icon/search";
import { useTranslation } from "react-i18next";

import { type AuditFilter, auditChainQuery, auditQuery } from "@/api/queries";
import type { AuditEntry } from "@/api/types";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { SIZES, usePaging } from "@/components/listView";
import { PageHead } from "@/components/PageHead";
import { Pager } from "@/components/Pager";
import { Problem } from "@/components/Problem";
import { SearchField } from "@/components/SearchField";
import { StateLabel } from "@/components/StateLabel";
import { RESULT } from "@/components/states";
import { count } from "@/format/bytes";
import { dayAndSeconds, full, now } from "@/format/time";
import { changeQuery, usePlace } from "@/router";
import { useAction } from "./actions";

const RESULTS = ["ok", "refused", "failed"] as const;
const SINCE: Record<string, number> = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 };

export default function Audit() {
  const { t } = useTranslation("audit");
  const { query } = usePlace();
  const paging = usePaging();
  // Read once: a beginning that moves with every drawing would be a new search each time.
  const [opened] = useState(() => Math.floor(now()));
  const text = (query.get("q") ?? "").trim().slice(0, 200);
  const user = query.get("user") ?? "";
  const result = RESULTS.find((one) => one === query.get("result")) ?? "";
  const since = query.get("since") ?? "";
  const span = SINCE[since];
  const filter: AuditFilter = { text, user, result, ...(span ? { after: opened - span } : {}) };
  const { data, error, refetch } = useQuery(auditQuery({ ...filter, limit: paging.limit, offset: paging.offset }));
  const columns = useColumns();
  const filtered = Boolean(text || user || result || span);
  const clear = <Button variant="link" onClick={() => changeQuery({ q: "", user: "", result: "", since: "", page: "" })}>{t("clearFilters")}</Button>;
  return (
    <>
      <PageHead title={t("title")} beside={data && <span className="nano-figure">{count(data.total)}</span>} actions={<Exports filter={filter} />} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        <Chain />
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <div className="nano-toolbar">
          <SearchField keyword={text} label={t("search")} hint={t("searchHint")} />
          <Filters result={result} since={span ? since : ""} />
          {user && <Button variant="secondary" size="sm" onClick={() => changeQuery({ user: "", page: "" })}>{t("onlyUser", { user })}</Button>}
          {filtered && clear}
          <span className="nano-push" />
          <Pager page={paging.page} size={paging.size} total={data?.total ?? 0} sizes={SIZES} onPage={paging.onPage} onSize={paging.onSize} />
        </div>
        {data?.total === 0 ? (
          <Empty title={t("noHits")} icon={SearchIcon} actions={filtered && clear}>{t("noHitsText")}</Empty>
        ) : (
          <DataTable label={t("title")} columns={columns} rows={data?.result} rowKey={({ seq }) => String(seq)} rowName={({ seq }) => String(seq)} />
        )}
      </PageSection>
    </>
  );
}

function Filters({ result, since }: { result: string; since: string }) {
  const { t } = useTranslation("audit");
  const { t: tShell } = useTranslation();
  return (
    <>
      <FormSelect value={result} onChange={(_event, value) => changeQuery({ result: value, page: "" })} aria-label={t("resultFilter")} className="nano-select">
        <FormSelectOption value="" label={t("everyResult")} />
        {RESULTS.map((one) => (
          <FormSelectOption key={one} value={one} label={tShell(RESULT[one].word)} />
        ))}
      </FormSelect>
      <FormSelect value={since} onChange={(_event, value) => changeQuery({ since: value, page: "" })} aria-label={t("timeFilter")} className="nano-select">
        <FormSelectOption value="" label={t("anyTime")} />
        <FormSelectOption value="hour" label={t("lastHour")} />
        <FormSelectOption value="day" label={t("lastDay")} />
        <FormSelectOption value="week" label={t("lastWeek")} />
        <FormSelectOption value="month" label={t("lastMonth")} />
      </FormSelect>
    </>
  );
}

/** Whether every entry still fits the one before; asked when somebody wants to know, for it reads the whole log. */
function Chain() {
  const { t } = useTranslation("audit");
  const { data, error, isFetching, refetch } = useQuery({ ...auditChainQuery, enabled: false });
  const check = <Button variant="link" isInline isLoading={isFetching} onClick={() => void refetch()}>{t("checkChain")}</Button>;
  if (error) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="nano-dim">{t("appendOnly")} {check}</p>;
  if (data.broken)
    return (
      <Alert isInline variant="danger" variantLabel={t("broken")} title={t("chainBroken", { entry: count(data.broken) })}>
        <p>{data.problem}</p>
        <p>{t("chainBrokenText")} <code>nano verify-log</code></p>
      </Alert>
    );
  return (
    <Alert isInline variant="success" variantLabel={t("whole")} title={t("chainWhole", { entry: count(data.last) })}>
      {check}
    </Alert>
  );
}

function Exports({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation("audit");
  const given = Object.entries(filter).filter(([, value]) => value !== "" && value !== undefined);
  const address = (format: string): string => `/api/v1/audit/export?${new URLSearchParams([...given.map(([key, value]) => [key, String(value)]), ["format", format]]).toString()}`;
  return (
    <>
      {["csv", "json"].map((format) => (
        <Button key={format} component="a" variant="secondary" href={address(format)} download={`audit.${format}`}>
          {t("exportAs", { format: format.toUpperCase() })}
        </Button>
      ))}
    </>
  );
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation("audit");
  return [
    {
      key: "time",
      label: t("time"),
      cell: ({ time }) => (
        <time dateTime={new Date(time * 1000).toISOString()} title={full(time)}>
          {dayAndSeconds(time)}
        </time>
      ),
    },
    { key: "user", label: t("user"), cell: (entry) => <Who {...entry} /> },
    { key: "action", label: t("action"), cell: ({ action }) => <What action={action} /> },
    { key: "object", label: t("object"), cell: (entry) => <About {...entry} /> },
    { key: "result", label: t("result"), cell: ({ result }) => <StateLabel state={RESULT[result as keyof typeof RESULT]} /> },
    { key: "detail", label: t("detail"), cell: ({ detail }) => <Detail text={detail} /> },
  ];
}

function Who({ user, address, origin }: AuditEntry) {
  const { t } = useTranslation("audit");
  return (
    <span>
      {user ? <a href={`/audit?user=${encodeURIComponent(user)}`}><bdi>{user}</bdi></a> : <span className="nano-dim">{t("nobody")}</span>}{" "}
      <span className="nano-dim">{address}</span> {origin === "client" && <span className="nano-dim">{t("claimed")}</span>}
    </span>
  );
}

function What({ action }: { action: string }) {
  return <span className="nano-whole">{useAction()(action)}</span>;
}

function About({ kind, object, name }: AuditEntry) {
  const shown = name || object;
  if (!shown) return "–";
  if (kind === "guest" && /^[0-9a-f-]{36}$/.test(object)) return <a href={`/guests/${object}`}><bdi>{shown}</bdi></a>;
  return <bdi title={object}>{shown}</bdi>;
}

const SHORT = 70;

/** Long ones are folded, so that a page shows many entries. */
function Detail({ text }: { text: string }) {
  if (text.length <= SHORT) return <span className="nano-clip">{text || "–"}</span>;
  return (
    <details className="nano-clip">
      <summary>{text.slice(0, SHORT)}…</summary>
      {text}
    </details>
  );
}
