/** A change window as its form holds it. */
export type WindowDraft = {
  /** Null for all accounts. */
  accountId: string | null;
  /** ISO weekdays, 1 for Monday. */
  days: number[];
  /** `HH:MM`. */
  start: string;
  end: string;
  timeZone: string;
};

export const weekdays = [
  ["Mon", "Monday"],
  ["Tue", "Tuesday"],
  ["Wed", "Wednesday"],
  ["Thu", "Thursday"],
  ["Fri", "Friday"],
  ["Sat", "Saturday"],
  ["Sun", "Sunday"],
] as const;

const nameOf = (day: number): string => weekdays[day - 1]?.[0] ?? "";

/** `Mon–Fri`, `Sat, Sun`, `Every day`: runs of three days and more are drawn together. */
export function sayDays(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return "Every day";
  const runs: number[][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) =>
      run.length > 2 ? [`${nameOf(run[0] ?? 0)}–${nameOf(run.at(-1) ?? 0)}`] : run.map(nameOf),
    )
    .join(", ");
}

/** `22:00–04:00 (next day)`. */
export const sayHours = (start: string, end: string): string =>
  start === end ? `from ${start}, 24 hours` : `${start}–${end}${end < start ? " (next day)" : ""}`;

/** What won't do, by field; empty when all will. */
export function windowProblems({ days, start, end, timeZone }: WindowDraft): Record<string, string> {
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  return {
    ...(days.length === 0 ? { days: "Choose a day." } : {}),
    ...(time.test(start) ? {} : { start: "A time such as 22:00." }),
    ...(time.test(end) ? {} : { end: "A time such as 04:00." }),
    ...(isTimeZone(timeZone) ? {} : { timeZone: "A time zone such as Europe/Vienna." }),
  };
}

function isTimeZone(name: string): boolean {
  if (name.trim() === "") return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
