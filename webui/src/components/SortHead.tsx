import ArrowsAltVIcon from "icon/arrows-alt-v";
import LongArrowAltDownIcon from "icon/long-arrow-alt-down";
import LongArrowAltUpIcon from "icon/long-arrow-alt-up";

interface Props {
  column: { key: string; label: string; sortable?: boolean; numeric?: boolean; minor?: boolean };
  sort: string;
  onSort?: ((sort: string) => void) | undefined;
}

/** The head of a column; a button when the server can order by it. */
export function SortHead({ column, sort, onSort }: Props) {
  const { key, label, sortable, numeric, minor } = column;
  const classes = `pf-v6-c-table__th${numeric ? " nano-number" : ""}${minor ? " nano-minor" : ""}`;
  if (!sortable || !onSort)
    return (
      <th className={classes} scope="col">
        {label}
      </th>
    );
  const up = sort === key;
  const down = sort === `-${key}`;
  const Arrow = up ? LongArrowAltUpIcon : down ? LongArrowAltDownIcon : ArrowsAltVIcon;
  return (
    <th
      className={`${classes} pf-v6-c-table__sort${up || down ? " pf-m-selected" : ""}`}
      scope="col"
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
    >
      <button type="button" className="pf-v6-c-table__button" onClick={() => onSort(up ? `-${key}` : key)}>
        <span className="pf-v6-c-table__button-content">
          <span className="pf-v6-c-table__text">{label}</span>
          <span className="pf-v6-c-table__sort-indicator">
            <Arrow />
          </span>
        </span>
      </button>
    </th>
  );
}
