import { requireOnPage } from "#app/_shell/require-on-page.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";

/**
 * Who reads the trail. Null for whoever sees only some accounts: an entry may be about any of them. For whoever may not
 * read it at all, there is no such page.
 */
export async function readTrailScope(): Promise<Scope | null> {
  const scope = await requireScope();
  await requireOnPage(scope, "audit:read");
  return scope.accountIds === null ? scope : null;
}
