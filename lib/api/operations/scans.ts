import { z } from "zod";
import { listGapGroups } from "#db/scans/gaps.ts";
import { getScan, listScans } from "#db/scans/queries.ts";
import { cancelScan } from "../../scans/cancel-scan.ts";
import { startScan } from "../../scans/start-scan.ts";
import { defineOperation } from "../operation.ts";
import { After, Id, Limit } from "../schemas/common.ts";
import { Gap, Scan, ScanPage } from "../schemas/scans.ts";
import { refuseCursor } from "./cursor.ts";

const ScanParams = z.object({ scanId: Id });
const some = z.array(z.string().trim().min(1).max(200)).max(500).default([]);

export const scanOperations = [
  defineOperation({
    id: "listScans",
    method: "GET",
    path: "/scans",
    tag: "Scans",
    summary: "Scans, the newest first",
    permission: "scans:read",
    query: z.strictObject({ limit: Limit, after: After }),
    response: ScanPage,
    run: async ({ db, scope, query: { limit, after } }) => {
      if (after !== undefined) await getScan(db, scope, after).catch(refuseCursor);
      const { scans, next } = await listScans(db, scope, { limit, before: after });
      return { data: scans, next };
    },
  }),
  defineOperation({
    id: "getScan",
    method: "GET",
    path: "/scans/{scanId}",
    tag: "Scans",
    summary: "One scan: how far it is, and what it changed",
    permission: "scans:read",
    params: ScanParams,
    response: Scan,
    run: ({ db, scope, params }) => getScan(db, scope, params.scanId),
  }),
  defineOperation({
    id: "listScanGaps",
    method: "GET",
    path: "/scans/{scanId}/gaps",
    tag: "Scans",
    summary: "What a scan set out to read and could not, by cause",
    description: "The 500 most frequent causes.",
    permission: "scans:read",
    params: ScanParams,
    query: z.strictObject({ account: Id.optional().describe("Those of this account alone.") }),
    response: z.object({ data: z.array(Gap) }),
    run: async ({ db, scope, params, query }) => {
      await getScan(db, scope, params.scanId);
      return { data: await listGapGroups(db, scope, params.scanId, query.account) };
    },
  }),
  defineOperation({
    id: "startScan",
    method: "POST",
    path: "/scans",
    tag: "Scans",
    summary: "Start a scan of everything, or of some",
    description: "A worker does it. An empty list means everything.",
    permission: "scans:run",
    status: 202,
    body: z.strictObject({ accountIds: some, regions: some, services: some, checks: some }),
    response: z.object({ scanId: z.string() }),
    run: ({ db, scope, body }) => startScan(db, scope, body),
  }),
  defineOperation({
    id: "cancelScan",
    method: "POST",
    path: "/scans/{scanId}/cancel",
    tag: "Scans",
    summary: "Cancel a running scan",
    description: "What it has read stays, and nothing unread is resolved.",
    permission: "scans:run",
    status: 202,
    params: ScanParams,
    response: z.object({ scanId: z.string() }),
    run: ({ db, scope, params }) => cancelScan(db, scope, params),
  }),
];
