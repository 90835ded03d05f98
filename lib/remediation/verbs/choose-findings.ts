import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import type { Scope } from "../../auth/scope.ts";
import type { Severity } from "../../checks/model.ts";
import { DomainError } from "../../errors.ts";
import { isVisible } from "../../findings/triage/choose.ts";
import type { Playbook } from "../playbook.ts";

/** A finding that is to be fixed, with its resource. */
export type ChosenFinding = {
  id: string;
  checkId: string;
  severity: Severity;
  accountId: string;
  resourceId: string;
  uid: string;
  kind: string;
  region: string;
  name: string;
};

type Row = ChosenFinding & { source: string; status: string; gone: boolean; leaving: boolean };

/**
 * The findings, if a plan of the playbook may be made for all of them. Throws `not_found` when one can't be seen, and
 * says of the others in which way they don't fit.
 */
export async function chooseFindings(
  tx: Transaction,
  scope: Scope,
  playbook: Playbook,
  findingIds: readonly string[],
  { resolvedToo }: { resolvedToo: boolean },
): Promise<ChosenFinding[]> {
  const wanted = new Set(findingIds);
  const rows = await tx.execute<Row>(sql`
    select f.id, f.check_id as "checkId", f.severity, f.account_id as "accountId", f.resource_id as "resourceId",
      r.uid, r.kind, r.region, r.name, f.source, f.status, r.deleted_at is not null as gone,
      a.deletion is not null as leaving
    from findings f join resources r on r.id = f.resource_id join accounts a on a.id = f.account_id
    where f.id = any(${texts([...wanted])}) and ${isVisible(scope)} order by f.id
  `);
  if (rows.length < wanted.size) {
    const missing = wanted.size - rows.length;
    throw new DomainError(
      "not_found",
      wanted.size === 1
        ? "There is no such finding."
        : `Nothing was proposed: ${missing === 1 ? "one of these findings isn't" : `${missing} of these findings aren't`} there any more.`,
    );
  }
  const fixed = new Set(playbook.fixes);
  const refuse = (
    fits: (row: Row) => boolean,
    code: "conflict" | "invalid_input",
    why: (are: "is" | "are", they: "it" | "them") => string,
  ) => {
    const count = rows.filter((row) => !fits(row)).length;
    if (count === 0) return;
    const which =
      rows.length === 1 ? "this finding" : count === 1 ? "one of the findings" : `${count} findings`;
    const words = `${which} ${count === 1 ? why("is", "it") : why("are", "them")}`;
    const fields = code === "invalid_input" ? { fields: { findingIds: words } } : {};
    throw new DomainError(code, `Nothing was proposed: ${words}`, fields);
  };
  refuse(
    ({ source }) => source === "parapet",
    "invalid_input",
    (are, they) =>
      `${are} from another tool's report, so Parapet can neither plan nor verify a fix of ${they}.`,
  );
  refuse(
    ({ checkId }) => fixed.has(checkId),
    "invalid_input",
    (are) => `${are} of a check that ${playbook.id} doesn't fix.`,
  );
  refuse(
    ({ status }) => resolvedToo || status === "open",
    "conflict",
    (are) => `${are} resolved already.`,
  );
  refuse(
    ({ gone }) => !gone,
    "conflict",
    (are) => `${are} of a resource that is gone.`,
  );
  refuse(
    ({ leaving }) => !leaving,
    "conflict",
    (are) => `${are} of an account that is being deleted.`,
  );
  return rows.map(({ source: _, status: __, gone: ___, leaving: ____, ...finding }) => finding);
}
