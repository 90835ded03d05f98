import { z } from "zod";
import { reportKinds } from "../../audit/reports/model.ts";
import { Id, Moment, Person, pageOf } from "./common.ts";

export const AuditReport = z
  .object({
    id: Id,
    kind: z.enum(reportKinds),
    from: Moment,
    to: Moment,
    createdAt: Moment,
    createdBy: Person.nullable().describe("Null when the schedule made it."),
    size: z.int().describe("Of its page, in bytes."),
  })
  .meta({ id: "AuditReport" });

export const AuditReportPage = pageOf(AuditReport).meta({ id: "AuditReportPage" });

export const AuditReportDocument = AuditReport.extend({
  html: z.string().describe("The report: one page that needs nothing else, and runs nothing."),
}).meta({ id: "AuditReportDocument" });

const hour = z.int().min(0).max(23);
const since = Moment.describe("Since when; nothing is made for before.");

export const AuditReportPlan = z
  .object({
    timeZone: z.string(),
    daily: z.object({ hour, since }).nullable(),
    weekly: z.object({ weekday: z.int().describe("1 is Monday."), hour, since }).nullable(),
    recipients: z.array(Id).describe("Ids of users."),
    revision: z.int().describe("0 while nothing was set."),
  })
  .meta({ id: "AuditReportPlan" });
