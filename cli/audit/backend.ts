import type {
  AuditEntryView,
  AuditErrors,
  AuditIntegrity,
  AuditPerformance,
  AuditStatistics,
} from "#db/audit/model.ts";
import type { AuditFilter, AuditRange } from "#lib/audit/filter.ts";
import { remoteClient } from "../remote/remote.ts";

/** What reading the trail takes, here or on a server. */
export type AuditBackend = {
  list(filter: AuditFilter, limit: number): Promise<AuditEntryView[]>;
  statistics(range: AuditRange): Promise<AuditStatistics>;
  errors(range: AuditRange): Promise<AuditErrors>;
  performance(range: AuditRange): Promise<AuditPerformance>;
  integrity(): Promise<AuditIntegrity>;
};

/** Runs a command on the server that PARAPET_URL names, else on this machine's own installation. */
export async function withAudit<T>(
  organisation: string | undefined,
  run: (audit: AuditBackend) => Promise<T>,
): Promise<T> {
  const client = remoteClient(organisation);
  if (client) {
    const { remoteAudit } = await import("../remote/audit.ts");
    return run(remoteAudit(client));
  }
  const [{ withInstallation }, { localAudit }] = await Promise.all([
    import("../installation.ts"),
    import("./local-audit.ts"),
  ]);
  return withInstallation(organisation, ({ db }, scope) => run(localAudit(db, scope)));
}
