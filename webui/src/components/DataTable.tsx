/** The table of every list: server-side order, selection, and rows that become blocks on a narrow screen. */
import type { ReactNode } from "react";
import { Skeleton } from "pf/Skeleton";
import { useTranslation } from "react-i18next";
import "@patternfly/react-styles/css/components/Table/table.css";
import "@patternfly/react-styles/css/components/Table/table-grid.css";

import { SortHead } from "./SortHead";

export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Whether the server can order by `key`. */
  sortable?: boolean;
  numeric?: boolean;
  /** Left out where the table would need to scroll sideways. */
  minor?: boolean;
}

export interface Selection {
  ids: ReadonlySet<string>;
  change: (ids: ReadonlySet<string>) => void;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  /** undefined while they are read for the first time */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  /** "name", or "-name" for descending */
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  actions?: (row: Row) => ReactNode;
  /** Rows whose values are old are drawn grey. */
  isStale?: (row: Row) => boolean;
}

export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, sort = "", onSort, selection, actions } = props;
  const { t } = useTranslation();
  return (
    <div className="nano-scroll">
    <table className="pf-v6-c-table pf-m-compact pf-m-grid-md nano-table" aria-label={label} aria-busy={!rows}>
      <thead className="pf-v6-c-table__thead">
        <tr className="pf-v6-c-table__tr">
          {selection && (
            <td className="pf-v6-c-table__td pf-v6-c-table__check">
              <PageCheck selection={selection} ids={(rows ?? []).map(props.rowKey)} />
            </td>
          )}
          {columns.map((column) => (
            <SortHead key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
          {actions && (
            <th className="pf-v6-c-table__th pf-v6-c-table__action" scope="col">
              <span className="pf-v6-screen-reader">{t("actions")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="pf-v6-c-table__tbody">
        {rows ? rows.map((row) => <Row key={props.rowKey(row)} row={row} {...props} />) : <Placeholder columns={columns.length} />}
      </tbody>
    </table>
    </div>
  );
}

function Row<Row>({ row, columns, rowKey, rowName, selection, actions, isStale }: Props<Row> & { row: Row }) {
  const { t } = useTranslation();
  const id = rowKey(row);
  const toggle = (on: boolean): void => selection?.change(new Set(on ? [...selection.ids, id] : [...selection.ids].filter((one) => one !== id)));
  return (
    <tr className={`pf-v6-c-table__tr${isStale?.(row) ? " nano-stale" : ""}`}>
      {selection && (
        <td className="pf-v6-c-table__td pf-v6-c-table__check">
          <label>
            <input
              type="checkbox"
              checked={selection.ids.has(id)}
              onChange={(event) => toggle(event.target.checked)}
              aria-label={t("selectRow", { name: rowName(row) })}
            />
          </label>
        </td>
      )}
      {columns.map(({ key, label, cell, numeric, minor }) => (
        <td key={key} className={`pf-v6-c-table__td${numeric ? " nano-number" : ""}${minor ? " nano-minor" : ""}`} data-label={label}>
          {cell(row)}
        </td>
      ))}
      {actions && <td className="pf-v6-c-table__td pf-v6-c-table__action">{actions(row)}</td>}
    </tr>
  );
}

function PageCheck({ selection, ids }: { selection: Selection; ids: string[] }) {
  const { t } = useTranslation();
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  const all = ids.length > 0 && chosen === ids.length;
  const change = (): void => {
    const others = [...selection.ids].filter((id) => !ids.includes(id));
    selection.change(new Set(all ? others : [...others, ...ids]));
  };
  const mark = (box: HTMLInputElement | null): void => {
    if (box) box.indeterminate = chosen > 0 && !all;
  };
  return (
    <label>
      <input type="checkbox" ref={mark} checked={all} onChange={change} aria-label={t("selectPage")} />
    </label>
  );
}

function Placeholder({ columns }: { columns: number }) {
  const { t } = useTranslation();
  return Array.from({ length: 5 }, (_, row) => (
    <tr className="pf-v6-c-table__tr nano-late" key={row}>
      <td className="pf-v6-c-table__td" colSpan={columns + 2}>
        <Skeleton screenreaderText={row ? "" : t("loading")} />
      </td>
    </tr>
  ));
}
