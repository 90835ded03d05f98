import { makeReport } from "#lib/audit/reports/verbs/make-report.ts";
import type { AccessTable, Given } from "../model.ts";

const readers = ["ciso", "auditor", "admin"] as const;
const admins = ["admin"] as const;

const period = () => ({ from: new Date(Date.now() - 86_400_000).toISOString() });

/** A report that an administrator asked for. */
export const askedReport = (given: Given): Promise<{ reportId: string }> =>
  makeReport(given.db, given.as("admin"), period());

export const reportPlan = () => ({
  ...{ timeZone: "Europe/Vienna", daily: { hour: 6 }, weekly: null, recipients: [], revision: 0 },
});

/** Audit reports: they tell of the whole organisation, so nobody who sees only some accounts gets any. */
export const auditReports: AccessTable = {
  "lib/audit/reports/verbs/make-report.ts#makeReport": {
    roles: readers,
    input: period,
    foreign: "done",
    unseen: "forbidden",
  },
  "lib/audit/reports/verbs/delete-report.ts#deleteReport": {
    roles: admins,
    input: askedReport,
    unseen: "forbidden",
  },
  "lib/audit/reports/verbs/set-report-plan.ts#setReportPlan": {
    roles: admins,
    input: reportPlan,
    foreign: "done",
    unseen: "forbidden",
  },
  "app/(dashboard)/audit/reports/actions.ts#makeReportAction": {
    roles: readers,
    input: () => [period()],
    foreign: "done",
    unseen: "forbidden",
  },
  "app/(dashboard)/audit/reports/actions.ts#deleteReportAction": {
    roles: admins,
    input: async (given) => [(await askedReport(given)).reportId],
    unseen: "forbidden",
  },
  "app/(dashboard)/audit/reports/actions.ts#setReportPlanAction": {
    roles: admins,
    input: () => [reportPlan()],
    foreign: "done",
    unseen: "forbidden",
  },
  "GET /api/audit/reports/[reportId]": {
    roles: readers,
    input: async (given) => ({ params: await askedReport(given) }),
    unseen: "forbidden",
  },
};
