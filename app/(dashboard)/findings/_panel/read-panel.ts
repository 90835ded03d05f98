import { database } from "#db/client.ts";
import { getFinding } from "#db/findings/queries.ts";
import { getImportedCheck, isImportedCheck } from "#db/imports/checks.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { buildPanelView, type PanelView } from "./panel-view.ts";

/** What the panel of one finding shows. Throws `not_found` for one that can't be seen. */
export async function readPanel(scope: Scope, findingId: string): Promise<PanelView> {
  const { db } = database();
  const detail = await getFinding(db, scope, findingId);
  const imported = isImportedCheck(detail.checkId) ? await getImportedCheck(db, scope, detail.checkId) : null;
  return buildPanelView(detail, imported);
}
