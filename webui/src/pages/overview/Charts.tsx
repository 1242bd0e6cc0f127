import { Card, CardBody } from "pf/Card";
import { ToggleGroup, ToggleGroupItem } from "pf/ToggleGroup";
import { useTranslation } from "react-i18next";

import type { Zone } from "@/api/types";
import { type Series, TimeChart } from "@/components/TimeChart";
import { bytes, count, diskRate, MIB, networkRate, percent } from "@/format/bytes";
import { useSamples } from "@/live/history";
import { changeQuery, usePlace } from "@/router";

const RANGES = { "15m": 900, "1h": 3600 } as const;

/** Four charts of the zone, drawn from the samples that arrived while this page was open. */
export function Charts() {
  const { t } = useTranslation("overview");
  const samples = useSamples();
  const { query } = usePlace();
  const range = query.get("range") === "1h" ? "1h" : "15m";
  const last = samples.at(-1)?.zone;
  const of = (name: string, value: (zone: Zone) => number, more: Partial<Series> = {}): Series => ({
    name,
    points: samples.map(({ at, zone }) => ({ at, value: value(zone) })),
    ...more,
  });
  const charts = [
    { title: t("cpu", { count: last?.max_cpu ?? 0, cores: count(last?.max_cpu ?? 0) }), unit: percent, top: 100, series: [of(t("used"), (zone) => zone.cpu_usage)] },
    {
      title: t("memory"),
      unit: bytes,
      top: last?.max_memory || undefined,
      series: [of(t("used"), (zone) => zone.max_memory - zone.available_memory, { area: true })],
    },
    {
      title: t("network"),
      unit: networkRate,
      scale: 125_000,
      series: [of(t("received"), (zone) => zone.receive_speed), of(t("sent"), (zone) => zone.send_speed, { dashed: true })],
    },
    {
      title: t("disk"),
      unit: diskRate,
      scale: MIB,
      series: [of(t("read"), (zone) => zone.read_speed), of(t("written"), (zone) => zone.write_speed, { dashed: true })],
    },
  ];
  return (
    <section aria-label={t("load")} className="nano-stack">
      <div className="nano-row">
        <h2>{t("load")}</h2>
        <span className="nano-push" />
        <ToggleGroup aria-label={t("range")} isCompact>
          {(["15m", "1h"] as const).map((value) => (
            <ToggleGroupItem
              key={value}
              text={value === "1h" ? t("range1h") : t("range15m")}
              isSelected={range === value}
              onChange={() => changeQuery({ range: value === "15m" ? "" : value }, { replace: true })}
            />
          ))}
        </ToggleGroup>
      </div>
      <div className="nano-grid nano-wide-cards">
        {charts.map((chart) => (
          <Card isCompact key={chart.title}>
            <CardBody>
              <TimeChart {...chart} seconds={RANGES[range]} />
            </CardBody>
          </Card>
        ))}
      </div>
    </section>
  );
}
