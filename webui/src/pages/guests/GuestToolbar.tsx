import { type ReactNode, useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { poolsQuery } from "@/api/queries";
import { askFor } from "@/components/guestActions";
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
      <Search keyword={view.keyword} />
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

const TYPING = 300;

/** The address follows the typing after a moment; Enter at once. */
function Search({ keyword }: { keyword: string }) {
  const { t } = useTranslation("guests");
  const [text, setText] = useState(keyword);
  const [shown, setShown] = useState(keyword);
  if (shown !== keyword) {
    setShown(keyword);
    setText(keyword);
  }
  const search = (wanted: string): void => changeQuery({ q: wanted.trim(), page: "" }, { replace: true });
  useEffect(() => {
    if (text.trim() === keyword) return undefined;
    const timer = setTimeout(() => search(text), TYPING);
    return () => clearTimeout(timer);
  }, [text, keyword]);
  return (
    <TextInput
      type="search"
      value={text}
      onChange={(_event, value) => setText(value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") search(text);
      }}
      placeholder={t("searchHint")}
      aria-label={t("search")}
      className="nano-search"
    />
  );
}
