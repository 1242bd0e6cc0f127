/** Moments and durations in the language of the page. Every moment is in seconds since the epoch, as the API gives it. */
import i18next from "i18next";

import { language } from "@/i18n/language";

const DAY = 86_400;

const format = (moment: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language(), { hour12: false, ...options }).format(moment * 1000);

export const now = (): number => Date.now() / 1000;

export function clock(moment: number): string {
  return format(moment, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

export function clockMinutes(moment: number): string {
  return format(moment, { hour: "2-digit", minute: "2-digit" });
}

/** 2026-11-20 10:42, in every language. */
export function day(moment: number): string {
  const parts = new Date(moment * 1000 - new Date(moment * 1000).getTimezoneOffset() * 60_000).toISOString();
  return `${parts.slice(0, 10)} ${parts.slice(11, 16)}`;
}

/** 2026-11-20 10:42:07 */
export const dayAndSeconds = (moment: number): string => `${day(moment).slice(0, 10)} ${clock(moment)}`;

/** 20261120-104207, for names of files. */
export function fileTime(moment: number): string {
  return dayAndSeconds(moment).replace(/[-:]/g, "").replace(" ", "-");
}

/** The whole moment with the name of the zone, for tooltips. */
export function full(moment: number): string {
  return format(moment, { dateStyle: "full", timeStyle: "medium" }) + ` (${Intl.DateTimeFormat().resolvedOptions().timeZone})`;
}

/** "2 min ago" below a day, else the date. */
export function relative(moment: number, at = now()): string {
  const age = Math.max(0, at - moment);
  if (age >= DAY) return day(moment);
  const words = new Intl.RelativeTimeFormat(language(), { style: "short", numeric: "auto" });
  if (age < 60) return words.format(-Math.floor(age), "second");
  return age < 3600 ? words.format(-Math.floor(age / 60), "minute") : words.format(-Math.floor(age / 3600), "hour");
}

/** "3 d 4 h", "1 h 4 min", "12 s": the two largest units. */
export function duration(seconds: number): string {
  const t = i18next.getFixedT(null, "shell");
  const whole = Math.max(0, Math.floor(seconds));
  const [days, hours, minutes] = [Math.floor(whole / DAY), Math.floor((whole % DAY) / 3600), Math.floor((whole % 3600) / 60)];
  if (days) return t("durationDays", { days, hours });
  if (hours) return t("durationHours", { hours, minutes });
  return minutes ? t("durationMinutes", { minutes, seconds: whole % 60 }) : t("durationSeconds", { seconds: whole });
}

/** The moment of an old answer "YYYY-MM-DD HH:MM:SS", which is in the server's zone; null if it is none. */
export function serverMoment(text: string | undefined, zoneOffset: number): number | null {
  const moment = Date.parse(`${(text ?? "").replace(" ", "T")}Z`);
  return Number.isNaN(moment) ? null : moment / 1000 - zoneOffset;
}
