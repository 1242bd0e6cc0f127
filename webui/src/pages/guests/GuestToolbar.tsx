import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { useTranslation } from "react-i18next";

import { poolsQuery } from "@/api/queries";
import { askFor } from "@/components/guestActions";
import { SearchField } from "@/components/SearchField";
import { GUEST } from "@/components/states";
import { changeQuery } from "@/router";
import { useMay } from "@/session";
import { STATES, type View } from "./listAddress";

interface Props {
  view: View;
  chosen: ReadonlySet<string>;
  onClear: () => void;
  pager: ReactNode;
}

export function GuestToolbar({ view, chosen, onClear, pager }: Props) {
  const { t } = useTranslation("guests");
  return (
    <div className="nano-toolbar">
      {chosen.size > 0 ? <Bulk chosen={chosen} onClear={onClear} /> : <Filters view={view} />}
      {view.filtered && chosen.size === 0 && (
        <Button variant="link" onClick={() => changeQuery({ q: "", pool: "", state: "", page: "" })}>
          {t("clearFilters")}
        </Button>
      )}
      <span className="nano-push" />
      {pager}
    </div>
  );
}

function Bulk({ chosen, onClear }: { chosen: ReadonlySet<string>; onClear: () => void }) {
  const { t } = useTranslation("guests");
  const ids = [...chosen];
  return (
    <div className="nano-row" role="group" aria-label={t("chosen", { count: chosen.size })}>
      <strong>{t("chosen", { count: chosen.size })}</strong>
      <Button variant="secondary" size="sm" onClick={() => askFor("start", ids)}>{t("startChosen")}</Button>
      <Button variant="secondary" size="sm" onClick={() => askFor("stop", ids)}>{t("stopChosen")}</Button>
      <Button variant="link" size="sm" onClick={onClear}>{t("chooseNone")}</Button>
    </div>
  );
}

function Filters({ view }: { view: View }) {
  const { t } = useTranslation("guests");
  const { t: tShell } = useTranslation();
  const may = useMay();
  const { data: pools = [] } = useQuery({ ...poolsQuery, enabled: may("pool.read") });
  const state = view.states.length === 1 ? view.states[0] : view.states.join(",");
  return (
    <div className="nano-row">
      <SearchField keyword={view.keyword} label={t("search")} hint={t("searchHint")} />
      <FormSelect value={state} onChange={(_event, value) => changeQuery({ state: value, page: "" })} aria-label={t("stateFilter")} className="nano-select">
        <FormSelectOption value="" label={t("everyState")} />
        {view.states.length > 1 && <FormSelectOption value={state} label={view.states.map((one) => tShell(wordOf(one))).join(", ")} />}
        {STATES.map((one) => (
          <FormSelectOption key={one} value={one} label={tShell(wordOf(one))} />
        ))}
      </FormSelect>
      {pools.length > 1 && (
        <FormSelect value={view.pool} onChange={(_event, value) => changeQuery({ pool: value, page: "" })} aria-label={t("poolFilter")} className="nano-select">
          <FormSelectOption value="" label={t("everyPool")} />
          {pools.map(({ name }) => (
            <FormSelectOption key={name} value={name} label={name} />
          ))}
        </FormSelect>
      )}
    </div>
  );
}

const wordOf = (state: string) => GUEST[state as (typeof STATES)[number]].word;
