/** Sizes, rates and shares in one notation: base 1024 with KiB names, network in decimal Mbit/s, three significant digits. */
import { language } from "@/i18n/language";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

function digits(value: number, places: number): string {
  const options = { minimumFractionDigits: places, maximumFractionDigits: places };
  return new Intl.NumberFormat(language(), options).format(value);
}

function significant(value: number): string {
  if (Number.isInteger(value) || value >= 100) return digits(value, 0);
  return digits(value, value >= 10 ? 1 : 2);
}

export function count(value: number): string {
  return digits(value, 0);
}

export function bytes(value: number): string {
  if (value === 0) return "0";
  const power = Math.min(Math.max(Math.floor(Math.log2(value) / 10), 0), UNITS.length - 1);
  return `${significant(value / 1024 ** power)} ${UNITS[power] ?? ""}`;
}

/** Full number of bytes, for tooltips. */
export function exactBytes(value: number): string {
  return `${count(value)} B`;
}

export function diskRate(bytesPerSecond: number): string {
  return bytesPerSecond === 0 ? "0" : `${digits(bytesPerSecond / MIB, bytesPerSecond < 100 * MIB ? 1 : 0)} MiB/s`;
}

export function networkRate(bytesPerSecond: number): string {
  const megabits = (bytesPerSecond * 8) / 1e6;
  return megabits === 0 ? "0" : `${digits(megabits, megabits < 100 ? 1 : 0)} Mbit/s`;
}

/** `value` in percent: no decimals, one below 10. */
export function percent(value: number): string {
  return `${digits(value, value > 0 && value < 10 ? 1 : 0)} %`;
}
