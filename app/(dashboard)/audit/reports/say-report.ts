import type { ReportView } from "#db/audit/reports.ts";

export const kindWords: Readonly<Record<ReportView["kind"], string>> = {
  daily: "Daily",
  weekly: "Weekly",
  custom: "Asked for",
};

export const weekdays = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** `20 Nov 2026`, `14 to 20 Nov 2026`, or with hours where somebody chose them. */
export function sayPeriod(
  { kind, from, to }: Pick<ReportView, "kind" | "from" | "to">,
  timeZone: string,
): string {
  const last = new Date(Date.parse(to) - 1);
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone });
  const moment = new Intl.DateTimeFormat("en-GB", {
    ...{ day: "numeric", month: "short", year: "numeric", timeZone },
    ...{ hour: "2-digit", minute: "2-digit" },
  } as const);
  if (kind === "daily") return day.format(new Date(from));
  if (kind === "weekly") return `${day.format(new Date(from))} to ${day.format(last)}`;
  return `${moment.format(new Date(from))} to ${moment.format(new Date(to))}`;
}

export const hourOf = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
