import type { AuditEntryView } from "#db/audit/model.ts";

/** Entries of one day in UTC, in the order given. */
export type TrailDay = { day: string; entries: AuditEntryView[] };

export const byDay = (entries: readonly AuditEntryView[]): TrailDay[] =>
  [...Map.groupBy(entries, ({ at }) => at.slice(0, 10))].map(([day, group]) => ({ day, entries: group }));

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** `Today, Saturday 21 November 2026`; `now` is ISO 8601. */
export function sayDay(day: string, now: string): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  // Put together here: whether a comma stands between them differs from runtime to runtime.
  const date = `${weekday.format(at)} ${dayOfYear.format(at)}`;
  const ago = Math.round((Date.parse(now.slice(0, 10)) - Date.parse(day)) / 86_400_000);
  return ago === 0 ? `Today, ${date}` : ago === 1 ? `Yesterday, ${date}` : date;
}

/** `14:03:27`, in UTC. */
export const timeOfDay = (at: string): string => at.slice(11, 19);
