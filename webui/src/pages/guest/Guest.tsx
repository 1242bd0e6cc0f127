import { lazy, Suspense, useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "pf/Alert";
import { Button } from "pf/Button";
import { PageSection } from "pf/Page";
import SearchIcon from "icon/search";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/client";
import { guestQuery } from "@/api/queries";
import type { Guest as GuestData } from "@/api/types";
import { announce } from "@/components/announce";
import { Empty } from "@/components/Empty";
import { GuestDialogs } from "@/components/GuestDialogs";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { guestState } from "@/components/states";
import { StateLabel } from "@/components/StateLabel";
import { TabBar } from "@/components/TabBar";
import { persistently } from "@/persistently";
import { useMay } from "@/session";
import type { PageProps } from "@/shell/pages";
import { GuestOverview } from "./GuestOverview";
import { TitleActions } from "./TitleActions";

const Console = lazy(() => persistently(() => import("./Console")));

export default function Guest({ places }: PageProps) {
  const { id = "", tab = "overview" } = places;
  const { t } = useTranslation("guest");
  const { data: guest, error, refetch } = useQuery(guestQuery(id));
  const gone = error instanceof ApiError && error.status === 404;
  if (guest) return <Shown guest={{ ...guest, id }} tab={tab} gone={gone} />;
  if (!error) return null;
  const back = <Button component="a" href="/guests">{t("toGuests")}</Button>;
  return (
    <>
      <PageHead title={gone ? t("gone") : t("failed")} />
      <PageSection hasBodyWrapper={false}>
        {gone ? (
          <Empty title={t("gone")} icon={SearchIcon} actions={back}>{t("goneText")}</Empty>
        ) : (
          <Problem problem={error} onRetry={() => void refetch()} />
        )}
      </PageSection>
    </>
  );
}

function Shown({ guest, tab, gone }: { guest: GuestData; tab: string; gone: boolean }) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const may = useMay();
  const [problem, setProblem] = useState<Error | null>(null);
  const { id = "", name, state, progress, created, reason } = guest;
  const word = tShell(guestState(state).word);
  useEffect(() => announce(t("nowState", { name, state: word })), [t, name, word]);
  const tabs = [
    { key: "overview", text: t("tabOverview"), to: `/guests/${id}/overview` },
    ...(may("guest.console") ? [{ key: "console", text: t("tabConsole"), to: `/guests/${id}/console` }] : []),
  ];
  return (
    <>
      <PageHead
        title={name}
        beside={<StateLabel state={guestState(state)} progress={created ? undefined : progress} reason={reason} />}
        actions={!gone && <TitleActions guest={guest} onProblem={setProblem} />}
        above={<Trail name={name} />}
        below={<TabBar label={t("tabs")} tabs={tabs} current={tab} />}
      />
      <PageSection hasBodyWrapper={false} isFilled className="nano-stack">
        {problem && <Problem problem={problem} />}
        {gone && <Deleted operation={guest.operation ?? ""} />}
        {tab === "console" && may("guest.console") && !gone ? (
          <Suspense fallback={null}>
            <Console guest={guest} />
          </Suspense>
        ) : (
          <GuestOverview guest={guest} />
        )}
      </PageSection>
      <GuestDialogs afterDelete="/guests" />
    </>
  );
}

/** The last values stay readable; a creation that failed says why. */
function Deleted({ operation }: { operation: string }) {
  const { t } = useTranslation("guest");
  const links = operation ? { actionLinks: <a href={`/operations/${operation}`}>{t("showLog")}</a> } : {};
  return (
    <Alert isInline variant="warning" variantLabel={t("warning")} title={t("deleted")} {...links}>
      {t("deletedText")}
    </Alert>
  );
}

function Trail({ name }: { name: string }) {
  const { t } = useTranslation("guest");
  return (
    <nav aria-label={t("trail")} className="nano-trail">
      <a href="/guests">{t("guests")}</a> / <bdi>{name}</bdi>
    </nav>
  );
}
