import { and, eq, ilike, inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { Store } from "../client.ts";
import { importedChecks } from "../imports/schema.ts";
import { resources } from "../resources/schema.ts";

/** A LIKE pattern of whatever contains the text, each character of it for itself. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** Resources of the organisation that are called so, or whose id says so. */
export const namedLike = (scope: Scope, text: string): SQL | undefined =>
  and(
    eq(resources.organisationId, scope.organisationId),
    or(ilike(resources.name, containing(text)), ilike(resources.uid, containing(text))),
  );

/** Findings of checks whose title or id says so, Parapet's own or imported. */
export function ofChecksLike(scope: Scope, text: string, checkId: SQLWrapper): SQL | undefined {
  const own = ownChecksLike(text);
  return or(
    own.length > 0 ? inArray(checkId, own) : undefined,
    sql`${checkId} in (select ${importedChecks.checkId} from ${importedChecks} where ${importedLike(scope, text)})`,
  );
}

/** Ids of checks whose title or id says so, Parapet's own and imported. */
export async function readChecksLike(db: Store, scope: Scope, text: string): Promise<string[]> {
  const imported = await db
    .select({ id: importedChecks.checkId })
    .from(importedChecks)
    .where(importedLike(scope, text));
  return [...ownChecksLike(text), ...imported.map(({ id }) => id)];
}

function ownChecksLike(text: string): string[] {
  const wanted = text.toLowerCase();
  return catalogue.flatMap(({ id, title }) =>
    title.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted) ? id : [],
  );
}

const importedLike = (scope: Scope, text: string): SQL | undefined =>
  and(
    eq(importedChecks.organisationId, scope.organisationId),
    or(ilike(importedChecks.title, containing(text)), ilike(importedChecks.checkId, containing(text))),
  );

/** Part of the check's title or id, or of the resource's name or id. */
export function matchesText(
  scope: Scope,
  text: string,
  t: { resourceId: SQLWrapper; checkId: SQLWrapper },
): SQL | undefined {
  // PostgreSQL's text has no U+0000, so nothing contains it.
  if (text.includes("\0")) return sql`false`;
  return or(
    sql`${t.resourceId} in (select ${resources.id} from ${resources} where ${namedLike(scope, text)})`,
    ofChecksLike(scope, text, t.checkId),
  );
}
