import { z } from "zod";
import { getEntry, isEntryCursor, listEntries } from "#db/audit/entries.ts";
import { auditIntegrity } from "#db/audit/integrity.ts";
import { auditPerformance } from "#db/audit/performance.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditTimeline } from "#db/audit/timeline.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import { proveEntry } from "../../audit/proof/prove-entry.ts";
import { defineOperation } from "../operation.ts";
import {
  AuditEntryDetail,
  AuditEntryPage,
  AuditErrors,
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
    run: ({ db, scope, params: { entryId } }) => proveEntry(db, scope, entryId),
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
];
