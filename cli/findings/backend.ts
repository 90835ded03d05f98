import type { FindingGroup, FindingGrouping, FindingRow } from "#db/findings/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { remoteClient } from "../remote/remote.ts";
import type { Assignable } from "./filter-options.ts";

/** What listing findings takes, here or on a server. */
export type FindingsBackend = {
  /** Who asks; null for the command line on its own database. */
  me(): Promise<string | null>;
  people(): Promise<readonly Assignable[]>;
  list(filter: FindingFilter, limit: number): Promise<FindingRow[]>;
  groups(filter: FindingFilter, by: FindingGrouping, limit: number): Promise<FindingGroup[]>;
};

/** Runs a command on the server that PARAPET_URL names, else on this machine's own installation. */
export async function withFindings<T>(
  organisation: string | undefined,
  run: (findings: FindingsBackend) => Promise<T>,
): Promise<T> {
  const client = remoteClient(organisation);
  if (client) {
    const { remoteFindings } = await import("../remote/findings.ts");
    return run(remoteFindings(client));
  }
  const [{ withInstallation }, { localFindings }] = await Promise.all([
    import("../installation.ts"),
    import("./local-findings.ts"),
  ]);
  return withInstallation(organisation, ({ db }, scope) => run(localFindings(db, scope)));
}
