const numbers = new Intl.NumberFormat("en");

export const number = (value: number): string => numbers.format(value);

/** `1 act`, `2 acts`. */
export const many = (count: number, one: string, several = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : several}`;

/** A duration as people say it: `340 ms`, `2.1 s`, `12 min`, `3.5 h`, `2.4 days`. */
export function duration(ms: number): string {
  const units: [number, string][] = [
    [86_400_000 * 2, "days"],
    [3_600_000 * 2, "h"],
    [60_000 * 2, "min"],
    [1_000, "s"],
  ];
  const lengths: Readonly<Record<string, number>> = { days: 86_400_000, h: 3_600_000, min: 60_000, s: 1_000 };
  const [, unit] = units.find(([from]) => ms >= from) ?? [0, "ms"];
  const value = ms / (lengths[unit] ?? 1);
  return `${value >= 10 || (unit === "ms" && value >= 1) ? Math.round(value) : Math.round(value * 10) / 10} ${unit}`;
}

/** Moments as a place's clocks show them. */
export function clock(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options });
  const day = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const moment = format({
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const full = format({
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit" },
  } as const);
  const hour = format({ hour: "2-digit", minute: "2-digit" });
  const short = format({ weekday: "short", day: "numeric" });
  return {
    day: (at: Date | string) => day.format(new Date(at)),
    /** With seconds, without the year. */
    moment: (at: Date | string) => moment.format(new Date(at)),
    full: (at: Date | string) => full.format(new Date(at)),
    hour: (at: Date | string) => hour.format(new Date(at)),
    weekday: (at: Date | string) => short.format(new Date(at)),
  };
}

export type Clock = ReturnType<typeof clock>;

/** How a count compares with the period before. */
export function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? "as many as in the period before" : "none in the period before";
  const percent = Math.round((now / before - 1) * 100);
  if (percent === 0) return "as many as in the period before";
  return `${number(Math.abs(percent))} % ${percent > 0 ? "more" : "fewer"} than in the period before`;
}

/** `changed_unverified` as `changed unverified`. */
export const spaced = (word: string): string => word.replaceAll(/[_-]/g, " ");
