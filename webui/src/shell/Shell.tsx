import { Suspense, useEffect } from "react";
import { Page, PageSection } from "pf/Page";
import { SkipToContent } from "pf/SkipToContent";
import { Spinner } from "pf/Spinner";
import { useTranslation } from "react-i18next";

import { stillHere } from "@/api/acts";
import { cache } from "@/api/queries";
import { Boundary } from "@/components/Boundary";
import { follow } from "@/live/connection";
import { match, usePlace } from "@/router";
import { useMay } from "@/session";
import { ConnectionBanner, Curtain } from "./ConnectionBanner";
import { ForbiddenPage, NotFoundPage } from "./Elsewhere";
import { IdleWarning } from "./IdleWarning";
import { KeySheet } from "./KeySheet";
import { Head } from "./Head";
import { OperationsBar } from "./OperationsBar";
import { PAGES } from "./pages";
import { Side } from "./Side";

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const { path } = usePlace();
  useEffect(() => follow(() => void cache.invalidateQueries({ queryKey: ["portal"] })), []);
  useActivity();
  return (
    <div className="nano-shell">
      <Page
        masthead={<Head />}
        sidebar={<Side />}
        isManagedSidebar
        isContentFilled
        mainContainerId="main"
        skipToContent={<SkipToContent href="#main">{t("skipToContent")}</SkipToContent>}
      >
        <ConnectionBanner />
        <Boundary key={path.split("/").slice(0, 3).join("/")}>
          <Suspense fallback={<Waiting />}>
            <Content path={path} />
          </Suspense>
        </Boundary>
        <Curtain />
      </Page>
      <OperationsBar />
      <KeySheet />
      <IdleWarning />
    </div>
  );
}

function Content({ path }: { path: string }) {
  const may = useMay();
  for (const { path: pattern, right, Page: Shown } of PAGES) {
    const places = match(pattern, path);
    if (places) return right === "" || may(right) ? <Shown places={places} /> : <ForbiddenPage right={right} />;
  }
  return <NotFoundPage />;
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <PageSection className="nano-late" aria-busy>
      <Spinner size="lg" aria-label={t("loading")} />
    </PageSection>
  );
}

const MINUTE = 60_000;

/** A person's keys and clicks keep the session alive, told at most once a minute; the page's own requests do not. */
function useActivity(): void {
  useEffect(() => {
    let told = Date.now();
    const tell = (): void => {
      if (Date.now() - told < MINUTE) return;
      told = Date.now();
      stillHere().catch(() => undefined);
    };
    addEventListener("pointerdown", tell);
    addEventListener("keydown", tell);
    return () => {
      removeEventListener("pointerdown", tell);
      removeEventListener("keydown", tell);
    };
  }, []);
}
