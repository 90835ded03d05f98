import { z } from "zod";
import { listAuditArchives } from "#db/audit/keeping.ts";
import { RequestArchiveInput, requestArchive } from "../../audit/archive/archive-now.ts";
import { defineOperation } from "../operation.ts";
import { AuditArchiveList } from "../schemas/audit-archives.ts";

const path = "/audit/archives";

export const auditArchiveOperations = [
  defineOperation({
    ...{ id: "listAuditArchives", method: "GET", path, tag: "Audit", permission: "audit:read" },
    summary: "Files that the organisation's entries were archived to",
    response: AuditArchiveList,
    run: async ({ db, scope }) => {
      const { archives, total } = await listAuditArchives(db, scope);
      return { data: archives, total };
    },
  }),
  defineOperation({
    ...{ id: "requestAuditArchive", method: "POST", path, tag: "Audit", permission: "audit:manage" },
    summary: "Have a worker archive entries now",
    description:
      "They stay in the database, too. The files are in the list once they are written and verified.",
    status: 202,
    body: RequestArchiveInput,
    response: z.object({ queued: z.literal(true) }),
    run: ({ db, scope, body }) => requestArchive(db, scope, body),
  }),
];
