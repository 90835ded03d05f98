import { listEntries } from "#db/audit/entries.ts";
import { auditIntegrity } from "#db/audit/integrity.ts";
import type { AuditEntryView } from "#db/audit/model.ts";
import { auditPerformance } from "#db/audit/performance.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import type { Database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { AuditBackend } from "./backend.ts";

const pageSize = 500;

/** The trail of this machine's own installation. */
export const localAudit = (db: Database, scope: Scope): AuditBackend => ({
  list: async (filter, limit) => {
    const all: AuditEntryView[] = [];
    let after: string | undefined;
    do {
      const page = {
        limit: Math.min(pageSize, limit - all.length),
        ...(after === undefined ? {} : { after }),
      };
      const { entries, next } = await listEntries(db, scope, filter, page);
      all.push(...entries);
      after = next ?? undefined;
    } while (after !== undefined && all.length < limit);
    return all;
  },
  statistics: (range) => auditStatistics(db, scope, range),
  errors: (range) => auditErrors(db, scope, range),
  performance: (range) => auditPerformance(db, scope, range),
  integrity: () => auditIntegrity(db, scope),
});
