import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { poolStatusQuery } from "@/api/queries";
import type { Pool, PoolStatus } from "@/api/types";
import { type Action, ActionMenu } from "@/components/ActionMenu";
import { type Column, DataTable } from "@/components/DataTable";
import { Meter } from "@/components/Meter";
import { HOST } from "@/components/states";
import { StateLabel } from "@/components/StateLabel";
import { bytes, count, percent } from "@/format/bytes";
import { changeQuery } from "@/router";
import { useMay } from "@/session";

type Row = Pool & { status: PoolStatus | undefined };

export function PoolTable({ pools }: { pools: Pool[] | undefined }) {
  const { t } = useTranslation("pools");
  const may = useMay();
  const { data: statuses } = useQuery({ ...poolStatusQuery, enabled: may("overview.read") });
  const rows = pools?.map((pool) => ({ ...pool, status: statuses?.find(({ name }) => name === pool.name) }));
  const ask = (dialog: string, pool: string) => () => changeQuery({ do: dialog, pool });
  const actionsOf = ({ name, enabled, cells }: Row): Action[] => [
    { key: "enable", label: enabled ? t("disable") : t("enable"), act: ask(enabled ? "disable-pool" : "enable-pool", name) },
    { key: "delete", label: t("delete"), danger: true, act: ask("delete-pool", name), ...refusal(name, cells) },
  ];
  const refusal = (name: string, cells: number) =>
    name === "default" ? { refused: t("defaultStays") } : cells > 0 ? { refused: t("poolHasHosts", { count: cells }) } : {};
  return (
    <DataTable
      label={t("pools")}
      columns={usePoolColumns()}
      rows={rows}
      rowKey={({ name }) => name}
      rowName={({ name }) => name}
      {...(may("pool.write") ? { actions: (row: Row) => <ActionMenu label={t("actionsOf", { name: row.name })} actions={actionsOf(row)} /> } : {})}
    />
  );
}

function usePoolColumns(): Column<Row>[] {
  const { t } = useTranslation("pools");
  return [
    { key: "name", label: t("pool"), cell: ({ name }) => <strong>{name}</strong> },
    { key: "state", label: t("state"), cell: ({ enabled }) => <StateLabel state={enabled ? HOST.enabled : HOST.disabled} /> },
    { key: "hosts", label: t("hosts"), numeric: true, cell: ({ cells, status }) => (status ? `${count(status.cells[1] ?? 0)}/${count(cells)}` : count(cells)) },
    { key: "guests", label: t("guests"), numeric: true, cell: ({ name, status }) => <GuestCount pool={name} status={status} /> },
    { key: "cpu", label: t("cpu"), cell: ({ status }) => (status?.max_cpu ? t("cpuOf", { used: percent(status.cpu_usage), count: status.max_cpu }) : "–") },
    { key: "memory", label: t("memory"), cell: ({ status }) => <Used label={t("memory")} free={status?.available_memory} total={status?.max_memory} /> },
    { key: "storage", label: t("storage"), cell: ({ storage, status }) => storage || <Used label={t("storage")} free={status?.available_disk} total={status?.max_disk} /> },
    { key: "addresses", label: t("addresses"), cell: ({ network }) => network || t("none") },
  ];
}

function GuestCount({ pool, status }: { pool: string; status: PoolStatus | undefined }) {
  if (!status) return "–";
  return <a href={`/guests?pool=${encodeURIComponent(pool)}`}>{count(status.instances.reduce((sum, number) => sum + number, 0))}</a>;
}

export function Used({ label, free, total }: { label: string; free: number | undefined; total: number | undefined }) {
  if (free === undefined || !total) return "–";
  return <Meter label={label} used={total - free} total={total} text={`${bytes(total - free)} / ${bytes(total)}`} />;
}
