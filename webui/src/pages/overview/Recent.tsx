import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { DataTable } from "@/components/DataTable";
import { useOperationColumns } from "@/components/operationColumns";
import { recentQuery } from "@/shell/recent";

const SHOWN = 5;

export function Recent() {
  const { t } = useTranslation("overview");
  const { data } = useQuery(recentQuery);
  const { columns, name } = useOperationColumns();
  if (data?.result.length === 0) return null;
  return (
    <section aria-label={t("recent")}>
      <div className="nano-row">
        <h2>{t("recent")}</h2>
        <span className="nano-push" />
        <a href="/operations">{t("allOperations")}</a>
      </div>
      <DataTable label={t("recent")} columns={columns.slice(0, 5)} rows={data?.result.slice(0, SHOWN)} rowKey={({ id }) => id} rowName={name} />
    </section>
  );
}
