import { useQuery } from "@tanstack/react-query";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { settingsQuery } from "@/api/queries";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { SessionTable } from "@/components/SessionTable";
import { TabBar } from "@/components/TabBar";
import { useMay } from "@/session";
import type { PageProps } from "@/shell/pages";
import { About } from "./About";
import { GeneralForm } from "./GeneralForm";
import { Trust } from "./Trust";

export default function Settings({ places: { tab = "trust" } }: PageProps) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const tabs = [
    { key: "trust", text: t("trust"), to: "/settings/trust" },
    ...(may("session.read") ? [{ key: "sessions", text: t("sessions"), to: "/settings/sessions" }] : []),
    ...(may("settings.read") ? [{ key: "general", text: t("general"), to: "/settings/general" }] : []),
    { key: "about", text: t("about"), to: "/settings/about" },
  ];
  return (
    <>
      <PageHead title={t("title")} below={<TabBar label={t("partsOfSettings")} tabs={tabs} current={tab} />} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {tab === "trust" && <Trust />}
        {tab === "sessions" && may("session.read") && <SessionTable />}
        {tab === "general" && may("settings.read") && <General />}
        {tab === "about" && <About />}
      </PageSection>
    </>
  );
}

function General() {
  const { data, error, refetch } = useQuery(settingsQuery);
  if (error) return <Problem problem={error} onRetry={() => void refetch()} />;
  return data ? <GeneralForm settings={data} /> : null;
}
