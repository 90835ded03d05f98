import { z } from "zod";
import { getReport, getReportPlan, listReports } from "#db/audit/reports.ts";
import { DeleteReportInput, deleteReport } from "../../audit/reports/verbs/delete-report.ts";
import { MakeReportInput, makeReport } from "../../audit/reports/verbs/make-report.ts";
import { SetReportPlanInput, setReportPlan } from "../../audit/reports/verbs/set-report-plan.ts";
import { defineOperation } from "../operation.ts";
import { AuditReportDocument, AuditReportPage, AuditReportPlan } from "../schemas/audit-reports.ts";
import { After, Id, Limit } from "../schemas/common.ts";
import { refuseCursor } from "./cursor.ts";

const reading = { tag: "Audit", permission: "audit:read" } as const;
const managing = { tag: "Audit", permission: "audit:manage" } as const;
const params = DeleteReportInput;

export const auditReportOperations = [
  defineOperation({
    ...{ ...reading, id: "listAuditReports", method: "GET", path: "/audit/reports" },
    summary: "Audit reports that were made, the newest first",
    query: z.strictObject({ limit: Limit, after: After }),
    response: AuditReportPage,
    run: async ({ db, scope, query: { limit, after } }) => {
      if (after !== undefined && !/^[\d\-T:.]+Z~\w+$/.test(after)) refuseCursor();
      const { reports, next } = await listReports(db, scope, {
        limit,
        ...(after === undefined ? {} : { after }),
      });
      return { data: reports, next };
    },
  }),
  defineOperation({
    ...{ ...reading, id: "getAuditReport", method: "GET", path: "/audit/reports/{reportId}" },
    summary: "One audit report with its page",
    params,
    response: AuditReportDocument,
    run: ({ db, scope, params: { reportId } }) => getReport(db, scope, reportId),
  }),
  defineOperation({
    ...{ ...reading, id: "makeAuditReport", method: "POST", path: "/audit/reports" },
    summary: "Make an audit report of any period of a year at most",
    status: 201,
    body: MakeReportInput,
    response: z.object({ reportId: Id }),
    run: ({ db, scope, body: { from, to, timeZone } }) =>
      makeReport(db, scope, {
        timeZone,
        from: from.toISOString(),
        ...(to ? { to: to.toISOString() } : {}),
      }),
  }),
  defineOperation({
    ...{ ...managing, id: "deleteAuditReport", method: "DELETE", path: "/audit/reports/{reportId}" },
    summary: "Delete an audit report that somebody asked for",
    description: "Those that the schedule made are kept.",
    params,
    run: async ({ db, scope, params: given }) => {
      await deleteReport(db, scope, given);
    },
  }),
  defineOperation({
    ...{ ...reading, id: "getAuditReportPlan", method: "GET", path: "/audit/report-plan" },
    summary: "When audit reports are made by themselves, and who gets them",
    response: AuditReportPlan,
    run: ({ db, scope }) => getReportPlan(db, scope),
  }),
  defineOperation({
    ...{ ...managing, id: "setAuditReportPlan", method: "PUT", path: "/audit/report-plan" },
    summary: "Set when audit reports are made by themselves, and who gets them",
    body: SetReportPlanInput,
    response: z.object({ revision: z.int() }),
    run: ({ db, scope, body }) => setReportPlan(db, scope, body),
  }),
];
