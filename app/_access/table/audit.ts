import { auditFilter } from "#lib/audit/filter.ts";
import type { AccessTable } from "../model.ts";

/** The audit trail itself. */
export const audit: AccessTable = {
  "lib/audit/export/start-export.ts#startExport": {
    roles: ["auditor", "admin"],
    input: () => ({ format: "csv" as const, filter: auditFilter() }),
    // Everybody takes their own organisation's, if they see all of it.
    foreign: "done",
    unseen: "forbidden",
  },
};
