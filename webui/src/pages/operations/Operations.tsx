import { useQuery } from "@tanstack/react-query";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { operationsQuery } from "@/api/queries";
import { DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { useOperationColumns } from "@/components/operationColumns";
import { PageHead } from "@/components/PageHead";
import { Pager } from "@/components/Pager";
import { Problem } from "@/components/Problem";
import { OPERATION } from "@/components/states";
import { changeQuery, usePlace } from "@/router";

const STATES = ["running", "waiting", "succeeded", "failed"] as const;
const SIZES = [20, 50, 100] as const;

export default function Operations() {
  const { t } = useTranslation("operations");
  const { t: tShell } = useTranslation();
  const { query } = usePlace();
  const state = STATES.find((one) => one === query.get("state")) ?? "";
  const size = SIZES.find((one) => one === Number(query.get("size"))) ?? SIZES[0];
  const page = Math.max(1, Math.floor(Number(query.get("page"))) || 1);
  const { data, error, refetch } = useQuery(operationsQuery({ state, limit: size, offset: (page - 1) * size }));
  const { columns, name } = useOperationColumns();
  const total = data?.total ?? 0;
  return (
    <>
      <PageHead title={t("title")} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <div className="nano-toolbar">
          <FormSelect value={state} onChange={(_event, value) => changeQuery({ state: value, page: "" })} aria-label={t("stateFilter")} className="nano-select">
            <FormSelectOption value="" label={t("everyState")} />
            {STATES.map((one) => (
              <FormSelectOption key={one} value={one} label={tShell(OPERATION[one].word)} />
            ))}
          </FormSelect>
          <span className="nano-push" />
          <Pager
            page={page}
            size={size}
            total={total}
            sizes={SIZES}
            onPage={(next) => changeQuery({ page: next > 1 ? String(next) : "" })}
            onSize={(next) => changeQuery({ size: String(next), page: "" })}
          />
        </div>
        {data?.total === 0 ? (
          <Empty title={state ? t("noHits") : t("none")}>{t("noneText")}</Empty>
        ) : (
          <DataTable label={t("title")} columns={columns} rows={data?.result} rowKey={({ id }) => id} rowName={name} />
        )}
      </PageSection>
    </>
  );
}
