import { z } from "zod";
import { auditReports } from "#db/audit/schema.ts";
import { requireTrail } from "#db/audit/where.ts";
import { newId } from "#db/columns.ts";
import { TimeZone } from "../../../accounts/account-input.ts";
import { DomainError } from "../../../errors.ts";
import { defineMutation } from "../../../mutation.ts";
import { gatherReport } from "../gather-report.ts";
import { renderReport } from "../render/report.ts";

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const MakeReportInput = z.strictObject({
  from: moment,
  /** Now when left out. */
  to: moment.optional(),
  /** An IANA name; the report tells times as clocks there show them. */
  timeZone: TimeZone.default("UTC"),
});

const longestMs = 367 * 86_400_000;

/** Makes a report of any period, a year at most, and keeps it. */
export const makeReport = defineMutation({
  permission: "audit:read",
  act: { action: "audit_report.make", kind: "audit_report" },
  input: MakeReportInput,
  async run({ tx, scope, input: { from, timeZone, ...input } }) {
    requireTrail(scope);
    const now = new Date();
    const to = input.to && input.to < now ? input.to : now;
    if (from >= to) {
      throw new DomainError("invalid_input", "No report was made: its period ends before it begins.", {
        fields: { from: "It is after the end." },
      });
    }
    if (to.getTime() - from.getTime() > longestMs) {
      throw new DomainError("invalid_input", "No report was made: a report tells of a year at most.", {
        fields: { from: "It is more than a year before the end." },
      });
    }
    const content = await gatherReport(tx, scope, { kind: "custom", range: { from, to }, timeZone });
    const id = newId("rpt");
    const { organisationId, actor } = scope;
    const createdBy = actor.kind === "user" ? actor.id : null;
    await tx
      .insert(auditReports)
      .values({ id, organisationId, kind: "custom", from, to, html: renderReport(content), createdBy });
    const { done, refused, failed } = content.statistics.total;
    const told = { kind: "custom", from, to, timeZone, entries: done + refused + failed };
    return {
      result: { reportId: id },
      audit: { action: "audit_report.make", object: { kind: "audit_report", id }, after: told },
    };
  },
});
