import { database } from "#db/client.ts";
import { getFinding } from "#db/findings/queries.ts";
import { getImportedCheck, isImportedCheck } from "#db/imports/checks.ts";
import { findingFixes, playbooksFor } from "#db/remediation/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { buildPanelView, type PanelView } from "./panel-view.ts";

/** What the panel of one finding shows. Throws `not_found` for one that can't be seen. */
export async function readPanel(scope: Scope, findingId: string): Promise<PanelView> {
  const { db } = database();
  const detail = await getFinding(db, scope, findingId);
  const ofParapet = detail.source === "parapet";
  const [imported, fixes, offers] = await Promise.all([
    isImportedCheck(detail.checkId) ? getImportedCheck(db, scope, detail.checkId) : null,
    findingFixes(db, scope, [findingId]),
    ofParapet ? playbooksFor(db, scope, [detail.checkId]) : [],
  ]);
  return buildPanelView(detail, imported, { fix: fixes.get(findingId) ?? null, offers });
}
