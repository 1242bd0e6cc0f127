import { useQuery } from "@tanstack/react-query";
import { Alert } from "pf/Alert";
import { Button } from "pf/Button";
import { Card, CardBody } from "pf/Card";
import { PageSection } from "pf/Page";
import { Progress } from "pf/Progress";
import SearchIcon from "icon/search";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/client";
import { operationQuery } from "@/api/queries";
import type { OperationDetail } from "@/api/types";
import { Empty } from "@/components/Empty";
import { useOperationColumns } from "@/components/operationColumns";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { operationState } from "@/components/states";
import { stepWords } from "@/components/steps";
import { StateLabel } from "@/components/StateLabel";
import { When } from "@/components/When";
import { clock, duration } from "@/format/time";
import type { PageProps } from "@/shell/pages";

export default function Operation({ places: { id = "" } }: PageProps) {
  const { t } = useTranslation("operations");
  const { data: operation, error, refetch } = useQuery(operationQuery(id));
  if (operation) return <Shown operation={operation} />;
  if (!error) return null;
  const gone = error instanceof ApiError && error.status === 404;
  const back = <Button component="a" href="/operations">{t("title")}</Button>;
  return (
    <>
      <PageHead title={gone ? t("gone") : t("failed")} />
      <PageSection hasBodyWrapper={false}>
        {gone ? <Empty title={t("gone")} icon={SearchIcon} actions={back} /> : <Problem problem={error} onRetry={() => void refetch()} />}
      </PageSection>
    </>
  );
}

function Shown({ operation }: { operation: OperationDetail }) {
  const { t } = useTranslation("operations");
  const { name } = useOperationColumns();
  const { state, progress, step, error, hint, started, ended, user, log = [] } = operation;
  return (
    <>
      <PageHead title={name(operation)} beside={<StateLabel state={operationState(operation)} />} above={<a href="/operations">{t("title")}</a>} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {state === "failed" && (
          <Alert isInline variant="danger" variantLabel={t("failed")} title={t("undone")}>
            <p>{error}</p>
            {hint && <p>{hint}</p>}
          </Alert>
        )}
        {state === "running" && <Progress value={progress} title={stepWords(step) || t("running")} size="sm" aria-label={name(operation)} />}
        <p>
          {t("startedBy", { user: user || "–" })} <When moment={started} />
          {ended ? ` · ${t("took", { duration: duration(ended - started) })}` : ""}
        </p>
        <Card isCompact>
          <CardBody>
            <h2>{t("log")}</h2>
            {log.length ? (
              <ol className="nano-log">
                {log.map(({ at, text }, index) => (
                  <li key={index}>
                    <time dateTime={new Date(at * 1000).toISOString()}>{clock(at)}</time> {stepWords(text)}
                  </li>
                ))}
              </ol>
            ) : (
              <p>{t("noLog")}</p>
            )}
          </CardBody>
        </Card>
      </PageSection>
    </>
  );
}
