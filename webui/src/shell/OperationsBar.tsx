/** Last row of every page: what is under way, and what failed and was not dismissed. */
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import AngleDownIcon from "icon/angle-down";
import AngleUpIcon from "icon/angle-up";
import { useTranslation } from "react-i18next";

import type { Operation } from "@/api/types";
import { DataTable } from "@/components/DataTable";
import { operationState } from "@/components/states";
import { stepWords } from "@/components/steps";
import { StateLabel } from "@/components/StateLabel";
import { recall, remember } from "@/i18n/language";
import { useOperationColumns } from "@/components/operationColumns";
import { useMay } from "@/session";
import { dismiss, useDismissed } from "./dismissed";
import { recentQuery } from "./recent";

const KEY = "nano.bar";
const TOGGLE = "nano-toggle-bar";

export function toggleBar(): void {
  dispatchEvent(new Event(TOGGLE));
}

export function OperationsBar() {
  const may = useMay();
  return may("operation.read") ? <Bar /> : null;
}

function Bar() {
  const { t } = useTranslation();
  const [open, setOpen] = useOpen();
  const { data } = useQuery(recentQuery);
  const dismissed = useDismissed();
  const recent = (data?.result ?? []).filter(({ id }) => !dismissed.has(id));
  const newest = recent.find(({ state }) => state === "running") ?? recent[0];
  const running = recent.filter(({ state }) => state === "running" || state === "waiting").length;
  const failed = recent.filter(({ state }) => state === "failed").length;
  return (
    <section className={`nano-bar${open ? " nano-open" : ""}`} aria-label={t("operationsBar")}>
      <div className="nano-bar-line">
        {newest && <Summary operation={newest} />}
        <span className="nano-bar-count">{running + failed ? t("barCount", { running, failed }) : t("barQuiet")}</span>
        <Button
          variant="plain"
          size="sm"
          aria-expanded={open}
          aria-label={t("operationsBar")}
          icon={open ? <AngleDownIcon /> : <AngleUpIcon />}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && <Recent rows={data ? recent : undefined} />}
    </section>
  );
}

function useOpen(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(recall(KEY) === "open");
  const change = (next: boolean): void => {
    remember(KEY, next ? "open" : "");
    setOpen(next);
  };
  useEffect(() => {
    const toggle = (): void => change(!open);
    addEventListener(TOGGLE, toggle);
    return () => removeEventListener(TOGGLE, toggle);
  });
  return [open, change];
}

function Summary({ operation }: { operation: Operation }) {
  const columns = useOperationColumns();
  const progress = operation.state === "running" ? operation.progress : undefined;
  return (
    <span className="nano-bar-newest">
      <StateLabel state={operationState(operation)} progress={progress} />
      <a href={`/operations/${operation.id}`}>
        {columns.kind(operation)} {operation.object_name}
      </a>
      {operation.state === "running" && <progress max={100} value={operation.progress} aria-label={columns.kind(operation)} />}
      <span className="nano-wide nano-dim">{detailOf(operation)}</span>
    </span>
  );
}

const detailOf = ({ state, step, error }: Operation): string => (state === "failed" ? error : state === "succeeded" ? "" : stepWords(step)) ?? "";

function Recent({ rows }: { rows: Operation[] | undefined }) {
  const { t } = useTranslation();
  const { columns, name } = useOperationColumns();
  const action = (operation: Operation) =>
    operation.state === "failed" ? (
      <Button variant="link" size="sm" onClick={() => dismiss(operation.id)} aria-label={t("dismissOne", { name: name(operation) })}>
        {t("dismiss")}
      </Button>
    ) : null;
  return (
    <div className="nano-bar-list" tabIndex={0} role="group" aria-label={t("operations")}>
      {rows?.length === 0 ? (
        <p className="nano-bar-empty">{t("noOperations")}</p>
      ) : (
        <DataTable label={t("operations")} columns={columns} rows={rows} rowKey={({ id }) => id} rowName={name} actions={action} />
      )}
    </div>
  );
}
