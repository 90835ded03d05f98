const steps: readonly (readonly [
  limitSeconds: number,
  unit: Intl.RelativeTimeFormatUnit,
  seconds: number,
])[] = [
  [60, "second", 1],
  [3_600, "minute", 60],
  [86_400, "hour", 3_600],
  [86_400 * 45, "day", 86_400],
  [86_400 * 548, "month", 86_400 * 30.44],
  [Number.POSITIVE_INFINITY, "year", 86_400 * 365.25],
];

const format = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "long" });

/** `3 minutes ago`, `in 2 hours`, `just now`, from two ISO moments. */
export function relativeTime(at: string, now: string): string {
  const seconds = (Date.parse(at) - Date.parse(now)) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 10) return "just now";
  const [, unit, size] = steps.find(([limit]) => distance < limit) ?? ["", "second" as const, 1];
  return format.format(Math.sign(seconds) * Math.floor(distance / size), unit);
}

/** `3 d`, `5 h`, `12 min`: for a narrow column of ages. */
export function shortAge(at: string, now: string): string {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(at)) / 1000);
  if (seconds < 60) return "now";
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400 * 2) return `${Math.floor(seconds / 3_600)} h`;
  if (seconds < 86_400 * 730) return `${Math.floor(seconds / 86_400)} d`;
  return `${Math.floor(seconds / (86_400 * 365.25))} y`;
}

const exact = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
});

/** `20 Nov 2025, 21:34:05 UTC`. */
export const exactTime = (at: string): string => `${exact.format(new Date(at))} UTC`;

/** `0.8 s`, `42 s`, `3 min 05 s`, `1 h 12 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
