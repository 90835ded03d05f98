import { z } from "zod";
import { getEntry, isEntryCursor, listEntries } from "#db/audit/entries.ts";
import { auditIntegrity } from "#db/audit/integrity.ts";
import { auditPerformance } from "#db/audit/performance.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditTimeline } from "#db/audit/timeline.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import { answerExport } from "../../audit/export/answer-export.ts";
import { takeProof } from "../../audit/proof/take-proof.ts";
import { defineOperation } from "../operation.ts";
import {
  AuditEntryDetail,
  AuditEntryPage,
  AuditErrors,
  AuditExportBody,
  AuditFilterQuery,
  AuditIntegrity,
  AuditPerformance,
  AuditProof,
  AuditRangeQuery,
  AuditStatistics,
  AuditTimeline,
  ListAuditQuery,
} from "../schemas/audit.ts";
import { Id } from "../schemas/common.ts";
import { auditFilterOf, auditRangeOf } from "./audit-filter-of.ts";
import { refuseCursor } from "./cursor.ts";

const read = { method: "GET", tag: "Audit", permission: "audit:read" } as const;
const params = z.object({ entryId: Id });

export const auditOperations = [
  defineOperation({
    ...read,
    id: "listAuditEntries",
    path: "/audit/entries",
    summary: "Entries of the audit trail that meet a filter, the newest first",
    description:
      "Within one parameter any value will do, and every parameter must be met. Without `from` it goes back to the oldest entry in the database.",
    query: ListAuditQuery,
    response: AuditEntryPage,
    run: async ({ db, scope, query: { limit, after, ...query } }) => {
      if (after !== undefined && !isEntryCursor(after)) refuseCursor();
      const page = { limit, ...(after === undefined ? {} : { after }) };
      const { entries, next } = await listEntries(db, scope, auditFilterOf(query), page);
      return { data: entries, next };
    },
  }),
  defineOperation({
    ...read,
    id: "getAuditEntry",
    path: "/audit/entries/{entryId}",
    summary: "One entry, with its place in the tree and what its personal data was",
    params,
    response: AuditEntryDetail,
    run: ({ db, scope, params: { entryId } }) => getEntry(db, scope, entryId),
  }),
  defineOperation({
    ...read,
    id: "proveAuditEntry",
    path: "/audit/entries/{entryId}/proof",
    summary: "The proof that an entry is in the trail, for whoever has nothing but the public key",
    params,
    response: AuditProof,
    run: ({ db, scope, params: { entryId } }) => takeProof(db, scope, entryId),
  }),
  defineOperation({
    ...read,
    id: "getAuditTimeline",
    path: "/audit/timeline",
    summary: "How many entries that meet a filter each part of a stretch of time has",
    query: AuditFilterQuery,
    response: AuditTimeline,
    run: ({ db, scope, query }) => auditTimeline(db, scope, auditFilterOf(query), auditRangeOf(query)),
  }),
  defineOperation({
    ...read,
    id: "getAuditStatistics",
    path: "/audit/statistics",
    summary: "What happened in a stretch of time, by action, actor and hour of the day",
    query: AuditRangeQuery,
    response: AuditStatistics,
    run: ({ db, scope, query }) => auditStatistics(db, scope, auditRangeOf(query)),
  }),
  defineOperation({
    ...read,
    id: "getAuditErrors",
    path: "/audit/errors",
    summary: "What was refused or failed in a stretch of time, by kind",
    query: AuditRangeQuery,
    response: AuditErrors,
    run: ({ db, scope, query }) => auditErrors(db, scope, auditRangeOf(query)),
  }),
  defineOperation({
    ...read,
    id: "getAuditPerformance",
    path: "/audit/performance",
    summary: "How long acts took, and which of them grew slower",
    query: AuditRangeQuery,
    response: AuditPerformance,
    run: ({ db, scope, query }) => auditPerformance(db, scope, auditRangeOf(query)),
  }),
  defineOperation({
    ...read,
    id: "getAuditIntegrity",
    path: "/audit/integrity",
    summary: "How the trail stands: sealed, signed, anchored and verified",
    description: "It is the whole installation's: there is one tree for all of its organisations.",
    response: AuditIntegrity,
    run: ({ db, scope }) => auditIntegrity(db, scope),
  }),
  defineOperation({
    ...{ id: "exportAuditEntries", method: "POST", path: "/audit/exports", tag: "Audit" },
    summary: "Take entries away, as a table or with their proof",
    description:
      "`csv` is a table with the newest entry first. `json` is a proof bundle: one JSON value on each line, in the order of the trail, of what the newest checkpoint covers. That it was taken away is two entries of the trail: one before the first byte, and one that tells how much it was. Personal data is told only when it is asked for.",
    permission: "audit:export",
    body: AuditExportBody,
    givesFile: true,
    response: z.string().describe("The file."),
    run: ({ db, scope, body: { format, personal, filter } }) =>
      answerExport(db, scope, { format, personal, filter: auditFilterOf(filter) }),
  }),
];
