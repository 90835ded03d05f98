import { database } from "#db/client.ts";
import type { FindingRow } from "#db/findings/model.ts";
import { findingFixes } from "#db/remediation/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";

/** Rows with where the fix of each stands. */
export async function withFixes(scope: Scope, rows: readonly FindingRow[]): Promise<FindingRow[]> {
  const fixes = await findingFixes(
    database().db,
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const fix = fixes.get(row.id);
    return { ...row, fix: fix && fix.state !== "cancelled" ? { id: fix.id, state: fix.state } : null };
  });
}
