import { Button } from "pf/Button";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import AngleLeftIcon from "icon/angle-left";
import AngleRightIcon from "icon/angle-right";
import { useTranslation } from "react-i18next";

import { count } from "@/format/bytes";

interface Props {
  page: number;
  size: number;
  total: number;
  sizes: readonly number[];
  onPage: (page: number) => void;
  onSize: (size: number) => void;
}

export function Pager({ page, size, total, sizes, onPage, onSize }: Props) {
  const { t } = useTranslation();
  const first = Math.min(total, (page - 1) * size + 1);
  const last = Math.min(total, page * size);
  return (
    <nav className="nano-pager" aria-label={t("paging")}>
      <span className="nano-numbers">{t("rowsOf", { first: count(first), last: count(last), total: count(total) })}</span>
      <FormSelect
        className="nano-pager-size"
        value={size}
        onChange={(_event, value) => onSize(Number(value))}
        aria-label={t("rowsPerPage")}
      >
        {sizes.map((one) => (
          <FormSelectOption key={one} value={one} label={String(one)} />
        ))}
      </FormSelect>
      <Button variant="plain" icon={<AngleLeftIcon />} isDisabled={page <= 1} aria-label={t("pageBefore")} onClick={() => onPage(page - 1)} />
      <Button variant="plain" icon={<AngleRightIcon />} isDisabled={last >= total} aria-label={t("pageAfter")} onClick={() => onPage(page + 1)} />
    </nav>
  );
}
