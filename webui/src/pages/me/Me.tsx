import { useQuery } from "@tanstack/react-query";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { meQuery } from "@/api/queries";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { SessionTable } from "@/components/SessionTable";
import { TabBar } from "@/components/TabBar";
import type { PageProps } from "@/shell/pages";
import { PasswordForm } from "./PasswordForm";
import { ProfileForm } from "./ProfileForm";
import { Tokens } from "./Tokens";
import { TwoStep } from "./TwoStep";

export default function Me({ places: { tab = "profile" } }: PageProps) {
  const { t } = useTranslation("me");
  const { data, error, refetch } = useQuery(meQuery);
  const tabs = [
    { key: "profile", text: t("profile"), to: "/me/profile" },
    { key: "security", text: t("security"), to: "/me/security" },
    { key: "tokens", text: t("tokens"), to: "/me/tokens" },
    { key: "sessions", text: t("sessions"), to: "/me/sessions" },
  ];
  return (
    <>
      <PageHead title={t("title")} below={<TabBar label={t("partsOfMe")} tabs={tabs} current={tab} />} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        {data && tab === "profile" && <ProfileForm me={data} />}
        {data && tab === "security" && (
          <>
            <h2>{t("password")}</h2>
            <PasswordForm />
            <h2>{t("twoStep")}</h2>
            <TwoStep me={data} />
          </>
        )}
        {tab === "tokens" && <Tokens />}
        {tab === "sessions" && <SessionTable ownOnly />}
      </PageSection>
    </>
  );
}
