/** Geometry of the charts. A gap longer than three samples is drawn as a gap. */
import { now } from "@/format/time";

export interface Point {
  at: number;
  value: number;
}

export const WIDTH = 360;
export const HEIGHT = 120;
export const LEFT = 58;
export const RIGHT = 356;
export const TOP = 8;
const BOTTOM = 104;
const GAP = 3;

interface Drawn {
  name: string;
  points: readonly Point[];
  dashed?: boolean;
  area?: boolean;
}

/** `top` is the fixed top of the scale; without one it is a round number of `scale`, which is one of the unit shown. */
export function plot(series: readonly Drawn[], seconds: number, top: number | undefined, scale: number) {
  const to = Math.max(now(), ...series.map((one) => one.points.at(-1)?.at ?? 0));
  const from = to - seconds;
  const highest = Math.max(0, ...series.flatMap((one) => one.points.map((point) => point.value)));
  const ceiling = top ?? (roundUp(highest / scale) * scale);
  const x = (at: number): number => round(LEFT + ((at - from) / seconds) * (RIGHT - LEFT));
  const y = (value: number): number => round(BOTTOM - (Math.min(value, ceiling) / ceiling) * (BOTTOM - TOP));
  const lines = series.map((one) => {
    const parts = runs(one.points.filter((point) => point.at >= from));
    const path = parts.map((run) => trace(run, x, y)).join("");
    const fill = parts.map((run) => trace(run, x, y) + `L${x(run.at(-1)?.at ?? 0)} ${BOTTOM}L${x(run[0]?.at ?? 0)} ${BOTTOM}Z`).join("");
    return { ...one, path, fill };
  });
  return { from, to, ceiling, x, y, lines };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The next of 1, 2, 5, 10, 20 …: steady enough that the scale does not jump with every sample. */
function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((step) => value <= step * power) ?? 10);
}

function trace(run: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  const [first] = run;
  if (run.length === 1 && first) return `M${x(first.at) - 1} ${y(first.value)}h2`;
  return run.map((point, index) => `${index ? "L" : "M"}${x(point.at)} ${y(point.value)}`).join("");
}

function runs(points: readonly Point[]): Point[][] {
  const steps = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? 0));
  const usual = steps.length ? ([...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0) : 0;
  const found: Point[][] = [];
  let before: Point | undefined;
  for (const point of points) {
    if (!before || point.at - before.at > usual * GAP) found.push([]);
    found.at(-1)?.push(point);
    before = point;
  }
  return found;
}
