import { useQueries, useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Label } from "pf/Label";
import ServerIcon from "icon/server";
import { useTranslation } from "react-i18next";

import { cellsQuery, cellStatusQuery } from "@/api/queries";
import type { Cell, CellStatus } from "@/api/types";
import { type Action, ActionMenu } from "@/components/ActionMenu";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { hostState } from "@/components/states";
import { StateLabel } from "@/components/StateLabel";
import { When } from "@/components/When";
import { count, percent } from "@/format/bytes";
import { changeQuery, usePlace } from "@/router";
import { useMay } from "@/session";
import { Used } from "./PoolTable";

export interface Host {
  cell: Cell;
  /** "" while it belongs to no pool. */
  pool: string;
  status: CellStatus | undefined;
}

/** Hosts of these pools and those that wait outside, which come first. undefined while they are read. */
export function useHosts(pools: readonly string[]): Host[] | undefined {
  const may = useMay();
  const { data: outside } = useQuery(cellsQuery(""));
  const inside = useQueries({ queries: pools.map(cellsQuery) });
  const statuses = useQueries({ queries: pools.map((pool) => ({ ...cellStatusQuery(pool), enabled: may("overview.read") })) });
  if (!outside || inside.some(({ isPending }) => isPending)) return undefined;
  const waiting = outside.map((cell) => ({ cell, pool: "", status: undefined }));
  const placed = pools.flatMap((pool, index) =>
    (inside[index]?.data ?? []).map((cell) => ({ cell, pool, status: statuses[index]?.data?.find(({ name }) => name === cell.name) })),
  );
  return [...waiting, ...placed];
}

export function HostTable({ pools, ready }: { pools: string[]; ready: boolean }) {
  const { t } = useTranslation("pools");
  const may = useMay();
  const { query } = usePlace();
  const hosts = useHosts(pools);
  const columns = useHostColumns();
  const actionsOf = useHostActions();
  const onlyPending = query.get("state") === "pending";
  const rows = ready ? hosts?.filter(({ cell }) => !onlyPending || cell.status === "pending") : undefined;
  const join = may("cell.write") && <Button onClick={() => changeQuery({ do: "join" })}>{t("joinHost")}</Button>;
  if (rows?.length === 0) return <Empty title={t("noHosts")} icon={ServerIcon} actions={join}>{t("noHostsText")}</Empty>;
  return (
    <DataTable
      label={t("hosts")}
      columns={columns}
      rows={rows}
      rowKey={({ cell }) => cell.name}
      rowName={({ cell }) => cell.name}
      isStale={({ cell }) => !cell.alive}
      {...(may("cell.write") ? { actions: (host: Host) => <ActionMenu label={t("actionsOf", { name: host.cell.name })} actions={actionsOf(host)} /> } : {})}
    />
  );
}

function useHostActions(): (host: Host) => Action[] {
  const { t } = useTranslation("pools");
  const ask = (dialog: string, { cell, pool }: Host) => () => changeQuery({ do: dialog, cell: cell.name, pool });
  return (host) => {
    const { cell, pool } = host;
    const revoke = { key: "revoke", label: cell.status === "pending" ? t("reject") : t("revoke"), danger: true, act: ask("revoke", host) };
    if (cell.status === "pending") return [{ key: "approve", label: t("approve"), act: ask("approve", host) }, revoke];
    if (!pool) return [{ key: "add", label: t("addToPool"), act: ask("approve", host) }, revoke];
    const toggle = cell.enabled ? "disable" : "enable";
    return [
      { key: toggle, label: t(toggle), act: ask(toggle, host) },
      { key: "remove", label: t("removeFromPool"), danger: true, act: ask("remove", host) },
    ];
  };
}

function useHostColumns(): Column<Host>[] {
  const { t } = useTranslation("pools");
  return [
    { key: "name", label: t("host"), cell: ({ cell }) => <strong className="nano-whole">{cell.name}</strong> },
    { key: "state", label: t("state"), cell: (host) => <HostState host={host} /> },
    { key: "pool", label: t("pool"), cell: ({ pool }) => pool || "–" },
    { key: "address", label: t("address"), cell: ({ cell }) => cell.address },
    { key: "accelerator", label: t("accelerator"), cell: ({ cell }) => <Accelerator cell={cell} /> },
    { key: "cpu", minor: true, label: t("cpu"), cell: ({ status }) => (status?.max_cpu ? t("cpuOf", { used: percent(status.cpu_usage), count: status.max_cpu }) : "–") },
    { key: "memory", label: t("memory"), cell: ({ status }) => <Used label={t("memory")} free={status?.available_memory} total={status?.max_memory} /> },
    { key: "storage", label: t("storage"), cell: ({ status }) => <Used label={t("storage")} free={status?.available_disk} total={status?.max_disk} /> },
    { key: "guests", label: t("guests"), numeric: true, cell: ({ status }) => (status ? count(status.instances.reduce((sum, one) => sum + one, 0)) : "–") },
    { key: "version", minor: true, label: t("version"), cell: ({ cell }) => cell.version || "–" },
  ];
}

function HostState({ host: { cell, pool } }: { host: Host }) {
  const { t } = useTranslation("pools");
  const { t: tShell } = useTranslation();
  const waiting = cell.status === "pending";
  return (
    <>
      <StateLabel state={hostState(cell, Boolean(pool))} reason={cell.problem} />
      {waiting && (
        <Button variant="link" isInline onClick={() => changeQuery({ do: "approve", cell: cell.name })} aria-label={t("approveOne", { name: cell.name })}>
          {t("approve")}
        </Button>
      )}
      {!cell.alive && !waiting && cell.last_seen ? (
        <div className="nano-dim">
          {tShell("lastSeen")} <When moment={cell.last_seen} />
        </div>
      ) : null}
      {cell.problem && <div className="nano-dim">{cell.problem}</div>}
    </>
  );
}

function Accelerator({ cell: { accelerator } }: { cell: Cell }) {
  const { t } = useTranslation("pools");
  if (accelerator === "tcg") return <Label status="warning" variant="outline">{t("emulation")}</Label>;
  return accelerator ? accelerator.toUpperCase() : "–";
}
