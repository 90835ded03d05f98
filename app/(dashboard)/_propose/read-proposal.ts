import { findCheck, readCheckTitles } from "#app/(dashboard)/findings/labels.ts";
import { database } from "#db/client.ts";
import { readFindingRows } from "#db/findings/queries.ts";
import { findingFixes, playbooksFor } from "#db/remediation/queries.ts";
import { getRemediationSettings } from "#db/remediation/settings-queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { arrangeProposal, type Proposal } from "./proposal.ts";

/** What can be proposed for findings; those that can't be seen any more are left out. */
export async function readProposal(scope: Scope, findingIds: readonly string[]): Promise<Proposal> {
  scope.require("remediation:propose");
  const { db } = database();
  const found = await readFindingRows(db, scope, [...findingIds]);
  // In the order in which they were chosen, since a limit takes the first.
  const place = new Map(findingIds.map((id, at) => [id, at]));
  const rows = found.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  const checkIds = [...new Set(rows.map(({ checkId }) => checkId))];
  const [offers, fixes, settings, titleOf] = await Promise.all([
    playbooksFor(db, scope, checkIds),
    findingFixes(db, scope, [...findingIds]),
    getRemediationSettings(db, scope),
    readCheckTitles(db, scope, checkIds),
  ]);
  return arrangeProposal({
    rows,
    playbooks: offers.map(({ playbook }) => playbook),
    fixes,
    titleOf,
    kindOf: (checkId) => findCheck(checkId)?.resource,
    maxResources: settings.maxResources,
    freeze: settings.freeze,
  });
}
