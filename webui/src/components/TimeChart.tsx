/** A small chart over time: lines or one area, from 0, with gaps where nothing was measured and a cursor for keys and pointer. */
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { clock, clockMinutes } from "@/format/time";
import { HEIGHT, LEFT, plot, type Point, RIGHT, TOP, WIDTH } from "./plot";

export interface Series {
  name: string;
  points: readonly Point[];
  /** Second line of a pair is dashed, so that colour does not stand alone. */
  dashed?: boolean;
  area?: boolean;
}

interface Props {
  title: string;
  series: readonly Series[];
  /** Seconds shown, ending now. */
  seconds: number;
  /** Fixed top of the scale (100 for percent); the highest value otherwise. */
  top?: number | undefined;
  unit: (value: number) => string;
  /** One of the unit shown, in the unit of the values: 125,000 B/s for Mbit/s. */
  scale?: number | undefined;
}

export function TimeChart({ title, series, seconds, top, unit, scale = 1 }: Props) {
  const { t } = useTranslation("overview");
  const [cursor, setCursor] = useState<number | null>(null);
  const titleId = useId();
  const { from, to, ceiling, x, y, lines } = plot(series, seconds, top, scale);
  const points = series[0]?.points ?? [];
  const at = cursor === null ? undefined : points[Math.max(0, Math.min(cursor, points.length - 1))];
  const shown = at ?? points.at(-1);
  const summary = shown ? series.map((one) => `${one.name} ${unit(valueAt(one, shown.at))}`).join(", ") : t("chartEmpty");

  const step = (by: number): void => setCursor((old) => Math.max(0, Math.min((old ?? points.length - 1) + by, points.length - 1)));
  const hover = (event: React.PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const moment = from + (((event.clientX - box.left) / box.width) * WIDTH - LEFT) * ((to - from) / (RIGHT - LEFT));
    setCursor(nearest(points, moment));
  };
  const key = (event: React.KeyboardEvent): void => {
    if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else if (event.key === "Escape") setCursor(null);
    else return;
    event.preventDefault();
  };

  return (
    <figure className="nano-chart" aria-labelledby={titleId}>
      <figcaption id={titleId}>
        <strong>{title}</strong> <span className="nano-dim">{shown && at ? clock(shown.at) : ""}</span>
        <span className="nano-chart-now">{summary}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        tabIndex={0}
        aria-label={`${title}: ${summary}`}
        onKeyDown={key}
        onPointerMove={hover}
        onPointerLeave={() => setCursor(null)}
        onBlur={() => setCursor(null)}
      >
        <text x={LEFT - 4} y={TOP + 4} textAnchor="end">{unit(ceiling)}</text>
        <text x={LEFT - 4} y={y(0) + 3} textAnchor="end">0</text>
        <line className="nano-chart-grid" x1={LEFT} x2={RIGHT} y1={TOP} y2={TOP} />
        <line className="nano-chart-grid" x1={LEFT} x2={RIGHT} y1={y(0)} y2={y(0)} />
        <text x={LEFT} y={HEIGHT - 2}>{clockMinutes(from)}</text>
        <text x={RIGHT} y={HEIGHT - 2} textAnchor="end">{clockMinutes(to)}</text>
        {lines.map(({ name, area, dashed, path, fill }, index) => (
          <g key={name} className={`nano-series-${index}`}>
            {area && <path className="nano-chart-area" d={fill} />}
            <path className={dashed ? "nano-chart-line nano-dashed" : "nano-chart-line"} d={path} />
          </g>
        ))}
        {at && <line className="nano-chart-cursor" x1={x(at.at)} x2={x(at.at)} y1={TOP} y2={y(0)} />}
      </svg>
    </figure>
  );
}

function nearest(points: readonly Point[], moment: number): number {
  let best = 0;
  for (const [index, point] of points.entries()) {
    if (Math.abs(point.at - moment) < Math.abs((points[best]?.at ?? 0) - moment)) best = index;
  }
  return best;
}

const valueAt = (series: Series, moment: number): number => series.points.find((point) => point.at === moment)?.value ?? 0;
