import { z } from "zod";
import type {
  AuditEntryView,
  AuditErrors,
  AuditIntegrity,
  AuditPerformance,
  AuditStatistics,
  AuditTimeline,
} from "#db/audit/model.ts";
import type { WorkflowStatistics } from "#db/audit/workflow.ts";
import { TimeZone } from "../../accounts/account-input.ts";

export const reportKinds = ["daily", "weekly", "custom"] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportTitles: Readonly<Record<ReportKind, string>> = {
  daily: "Daily audit report",
  weekly: "Weekly audit report",
  custom: "Audit report",
};

const hour = z.int().min(0).max(23);

/** When reports are made and who gets them, as an administrator says it. */
export const ReportPlanInput = z.strictObject({
  /** An IANA name: days and hours are counted as that place does. */
  timeZone: TimeZone,
  /** Each day at this hour, of the day before; null for none. */
  daily: z.strictObject({ hour }).nullable(),
  /** Each week on this ISO weekday (1 is Monday), of the seven days before; null for none. */
  weekly: z.strictObject({ weekday: z.int().min(1).max(7), hour }).nullable(),
  /** Ids of users who may read the trail. Each gets every report by e-mail. */
  recipients: z
    .array(z.string().min(1).max(60))
    .max(50)
    .transform((ids) => [...new Set(ids)]),
});
export type ReportPlanInput = z.output<typeof ReportPlanInput>;

/** The plan as it is kept in `audit_policies.reports`. `since` is when it was switched on: nothing is made for before. */
export const ReportPlan = z.object({
  timeZone: z.string().default("UTC"),
  daily: z.object({ hour, since: z.iso.datetime() }).nullable().default(null),
  weekly: z.object({ weekday: z.int(), hour, since: z.iso.datetime() }).nullable().default(null),
  recipients: z.array(z.string()).default([]),
  revision: z.int().default(0),
});
export type ReportPlan = z.output<typeof ReportPlan>;

/** Everything that a report tells. */
export type ReportContent = {
  organisation: string;
  kind: ReportKind;
  timeZone: string;
  madeAt: Date;
  /** A user's name; null when the schedule made it. */
  madeBy: { id: string; name: string } | null;
  statistics: AuditStatistics;
  timeline: AuditTimeline;
  errors: AuditErrors;
  performance: AuditPerformance;
  integrity: AuditIntegrity;
  workflow: WorkflowStatistics;
  /** The newest of the period. */
  recent: AuditEntryView[];
};
