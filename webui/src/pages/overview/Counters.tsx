import type { ReactNode } from "react";
import { Card, CardBody, CardTitle } from "pf/Card";
import { useTranslation } from "react-i18next";

import type { Zone } from "@/api/types";
import { Meter } from "@/components/Meter";
import { GUEST, HOST, type State } from "@/components/states";
import { bytes, count } from "@/format/bytes";
import { duration, full, now } from "@/format/time";
import { useMay } from "@/session";

/** The zone in four cards; every number leads to the list it counts. */
export function Counters({ zone }: { zone: Zone }) {
  const { t } = useTranslation("overview");
  const may = useMay();
  const [disabledPools = 0, enabledPools = 0] = zone.pools;
  const [offline = 0, online = 0] = zone.cells;
  const [stopped = 0, running = 0, lost = 0, migrating = 0] = zone.instances;
  const used = zone.max_disk - zone.available_disk;
  return (
    <div className="nano-grid">
      {may("guest.read") && (
        <CounterCard title={t("guests")} total={stopped + running + lost + migrating} to="/guests">
          <Line state={GUEST.running} value={running} to="/guests?state=running" />
          <Line state={GUEST.stopped} value={stopped} to="/guests?state=stopped" />
          <Line state={GUEST.lost} value={lost} to="/guests?state=lost" quiet />
        </CounterCard>
      )}
      {may("cell.read") && (
        <CounterCard title={t("hosts")} total={offline + online} to="/hosts">
          <Line state={HOST.online} value={online} to="/hosts" />
          <Line state={HOST.offline} value={offline} to="/hosts" quiet />
          <Line state={HOST.pending} value={zone.pending_cells} to="/hosts?state=pending" quiet />
        </CounterCard>
      )}
      {may("pool.read") && (
        <CounterCard title={t("pools")} total={disabledPools + enabledPools} to="/pools">
          <Line state={HOST.enabled} value={enabledPools} to="/pools" />
          <Line state={HOST.disabled} value={disabledPools} to="/pools" quiet />
        </CounterCard>
      )}
      <Card isCompact>
        <CardTitle component="h2">
          {t("storage")} <span className="nano-figure">{zone.max_disk ? bytes(zone.max_disk) : "–"}</span>
        </CardTitle>
        <CardBody>
          {zone.max_disk > 0 && (
            <Meter label={t("storage")} used={used} total={zone.max_disk} text={t("usedOf", { used: bytes(used), total: bytes(zone.max_disk) })} />
          )}
          <p className="nano-dim" title={full(zone.started)}>
            {t("upSince", { duration: duration(now() - zone.started) })}
          </p>
        </CardBody>
      </Card>
    </div>
  );
}

function CounterCard({ title, total, to, children }: { title: string; total: number; to: string; children: ReactNode }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">
        <a href={to}>
          {title} <span className="nano-figure">{count(total)}</span>
        </a>
      </CardTitle>
      <CardBody>
        <ul className="nano-lines">{children}</ul>
      </CardBody>
    </Card>
  );
}

/** `quiet` lines are drawn only when there is something to tell. */
function Line({ state, value, to, quiet }: { state: State; value: number; to: string; quiet?: boolean }) {
  const { t } = useTranslation();
  const Icon = state.icon;
  if (quiet && value === 0) return null;
  return (
    <li>
      <span className={`nano-tone-${state.tone}`}>
        <Icon />
      </span>{" "}
      <a href={to}>
        {count(value)} {t(state.word)}
      </a>
    </li>
  );
}
