import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Label } from "pf/Label";
import { PageSection } from "pf/Page";
import { Skeleton } from "pf/Skeleton";
import CheckCircleIcon from "icon/check-circle";
import { useTranslation } from "react-i18next";

import { zoneQuery } from "@/api/queries";
import type { Zone } from "@/api/types";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { useMay } from "@/session";
import { Charts } from "./Charts";
import { Counters } from "./Counters";
import { NeedsYou } from "./NeedsYou";
import { Recent } from "./Recent";

export default function Overview() {
  const { t } = useTranslation("overview");
  const { data: zone, error, refetch } = useQuery(zoneQuery);
  const may = useMay();
  return (
    <>
      <PageHead title={t("title")} beside={zone && <Headline zone={zone} />} />
      <PageSection hasBodyWrapper={false} className="nano-stack" aria-busy={!zone}>
        {error && <Problem problem={error} title={t("noZone")} onRetry={() => void refetch()} />}
        <NeedsYou />
        {zone && <FirstSteps zone={zone} />}
        {zone ? <Counters zone={zone} /> : !error && <Placeholder />}
        <Charts />
        {may("operation.read") && <Recent />}
      </PageSection>
    </>
  );
}

/** One sentence that answers: is everything fine? */
function Headline({ zone }: { zone: Zone }) {
  const { t } = useTranslation("overview");
  const [offline = 0, online = 0] = zone.cells;
  const lost = zone.instances[2] ?? 0;
  if (offline) return <Label status="warning">{t("hostsAnswer", { online, count: online + offline })}</Label>;
  if (lost) return <Label status="warning">{t("guestsLost", { count: lost })}</Label>;
  if (online + offline === 0) return <Label color="grey">{t("noHostYet")}</Label>;
  return (
    <Label status="success" icon={<CheckCircleIcon />}>
      {t("allFine")}
    </Label>
  );
}

/** What to do next on an appliance that has no host or no guest yet. */
function FirstSteps({ zone }: { zone: Zone }) {
  const { t } = useTranslation("overview");
  const may = useMay();
  const hosts = (zone.cells[0] ?? 0) + (zone.cells[1] ?? 0);
  const guests = zone.instances.reduce((sum, count) => sum + count, 0);
  if (hosts === 0) {
    const action = may("cell.write") && <Button component="a" href="/hosts?do=join">{t("addFirstHost")}</Button>;
    return <Empty title={t("noHosts")} actions={action}>{t("noHostsText")}</Empty>;
  }
  if (guests > 0) return null;
  const action = may("guest.create") && <Button component="a" href="/guests/new">{t("createFirstGuest")}</Button>;
  return <Empty title={t("noGuests")} actions={action}>{t("noGuestsText")}</Empty>;
}

function Placeholder() {
  return (
    <div className="nano-grid nano-late">
      {["guests", "hosts", "pools", "storage"].map((card) => (
        <Skeleton key={card} height="8rem" />
      ))}
    </div>
  );
}
