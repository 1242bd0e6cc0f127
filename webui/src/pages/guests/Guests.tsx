import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { PageSection } from "pf/Page";
import SearchIcon from "icon/search";
import VirtualMachineIcon from "icon/virtual-machine";
import { useTranslation } from "react-i18next";

import { guestsQuery } from "@/api/queries";
import type { Guest } from "@/api/types";
import { ActionMenu } from "@/components/ActionMenu";
import { DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { useGuestActions } from "@/components/guestActions";
import { GuestDialogs } from "@/components/GuestDialogs";
import { PageHead } from "@/components/PageHead";
import { Pager } from "@/components/Pager";
import { Problem } from "@/components/Problem";
import { count } from "@/format/bytes";
import { changeQuery } from "@/router";
import { useMay } from "@/session";
import { GuestToolbar } from "./GuestToolbar";
import { searchOf, SIZES, useView } from "./listAddress";
import { useGuestColumns } from "./guestColumns";

const NOTHING: ReadonlySet<string> = new Set();

export default function Guests() {
  const { t } = useTranslation("guests");
  const may = useMay();
  const view = useView();
  const { data, error, refetch } = useQuery(guestsQuery(searchOf(view)));
  const [chosen, setChosen] = useState(NOTHING);
  const [problem, setProblem] = useState<Error | null>(null);
  const columns = useGuestColumns();
  const actionsOf = useGuestActions(setProblem);
  const total = data?.total ?? 0;
  const create = may("guest.create") && (
    <Button component="a" href="/guests/new">
      {t("create")}
    </Button>
  );
  const empty = data?.total === 0;
  const pager = <Pager page={view.page} size={view.size} total={total} sizes={SIZES} onPage={goTo} onSize={(size) => changeQuery({ size: String(size), page: "" })} />;
  return (
    <>
      <PageHead title={t("title")} beside={data && <span className="nano-figure">{count(total)}</span>} actions={create} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} title={t("listFailed")} onRetry={() => void refetch()} />}
        {problem && <Problem problem={problem} onRetry={() => setProblem(null)} />}
        {(!empty || view.filtered) && <GuestToolbar view={view} chosen={chosen} onClear={() => setChosen(NOTHING)} pager={pager} />}
        {empty && <NoGuests filtered={view.filtered} create={create} />}
        {!empty && (!error || data) && (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={data?.result}
            rowKey={idOf}
            rowName={({ name }) => name}
            sort={view.sort}
            onSort={(sort) => changeQuery({ sort: sort === "name" ? "" : sort, page: "" }, { replace: true })}
            isStale={({ state }) => state === "lost"}
            actions={(guest) => <ActionMenu label={t("actionsOf", { name: guest.name })} actions={actionsOf(guest)} />}
            {...(may("guest.power") ? { selection: { ids: chosen, change: setChosen } } : {})}
          />
        )}
        {!empty && total > view.size && pager}
      </PageSection>
      <GuestDialogs />
    </>
  );
}

const idOf = ({ id = "" }: Guest): string => id;
const goTo = (page: number): void => changeQuery({ page: page > 1 ? String(page) : "" });

function NoGuests({ filtered, create }: { filtered: boolean; create: React.ReactNode }) {
  const { t } = useTranslation("guests");
  if (!filtered) return <Empty title={t("none")} icon={VirtualMachineIcon} actions={create}>{t("noneText")}</Empty>;
  const clear = <Button variant="link" onClick={() => changeQuery({ q: "", pool: "", state: "", page: "" })}>{t("clearFilters")}</Button>;
  return <Empty title={t("noHits")} icon={SearchIcon} actions={clear}>{t("noHitsText")}</Empty>;
}
