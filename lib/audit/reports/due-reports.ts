import type { AuditRange } from "../filter.ts";
import type { ReportPlan } from "./model.ts";
import { addDays, type Day, dayThere, momentThere, weekdayOf } from "./zoned.ts";

export type DueReport = { kind: "daily" | "weekly"; range: AuditRange };

/** So many days' reports are made afterwards when no worker ran. */
const lookBackDays = 7;

/** The reports that should have been made by `now`, oldest first; those made already are among them. */
export function dueReports(plan: ReportPlan, now: Date): DueReport[] {
  const { timeZone, daily, weekly } = plan;
  const today = dayThere(now, timeZone);
  const midnight = (day: Day) => momentThere(day, 0, timeZone);
  const due: DueReport[] = [];
  for (let ago = lookBackDays; ago >= 0; ago -= 1) {
    const day = addDays(today, -ago);
    const isDue = ({ hour, since }: { hour: number; since: string }) => {
      const at = momentThere(day, hour, timeZone);
      return at <= now && at >= new Date(since);
    };
    if (daily && isDue(daily)) {
      due.push({ kind: "daily", range: { from: midnight(addDays(day, -1)), to: midnight(day) } });
    }
    if (weekly && weekdayOf(day) === weekly.weekday && isDue(weekly)) {
      due.push({ kind: "weekly", range: { from: midnight(addDays(day, -7)), to: midnight(day) } });
    }
  }
  return due;
}
