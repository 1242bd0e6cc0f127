import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { poolsQuery } from "@/api/queries";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { changeQuery } from "@/router";
import { useMay } from "@/session";
import { HostTable } from "./HostTable";
import { PoolDialogs } from "./PoolDialogs";
import { PoolTable } from "./PoolTable";

/** Pools, and below them the hosts of all pools: the two are read together. */
export default function Pools() {
  const { t } = useTranslation("pools");
  const may = useMay();
  const { data: pools, error, refetch } = useQuery(poolsQuery);
  const ask = (dialog: string) => () => changeQuery({ do: dialog });
  const actions = (
    <>
      {may("cell.write") && <Button onClick={ask("join")}>{t("joinHost")}</Button>}
      {may("pool.write") && (
        <Button variant="secondary" onClick={ask("create-pool")}>
          {t("createPool")}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead title={t("title")} actions={actions} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <h2>{t("pools")}</h2>
        <PoolTable pools={pools} />
        {may("cell.read") && (
          <>
            <h2>{t("hosts")}</h2>
            <HostTable pools={(pools ?? []).map(({ name }) => name)} ready={pools !== undefined} />
          </>
        )}
      </PageSection>
      <PoolDialogs pools={pools ?? []} />
    </>
  );
}
