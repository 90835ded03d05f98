import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { Store } from "../client.ts";
import { decodeCursor, encodeCursor, type FindingSort } from "./cursor.ts";
import { matchingFindings } from "./filters.ts";
import { findPlaces } from "./find-places.ts";
import type { FindingPage } from "./model.ts";
import { readFindingRows } from "./rows.ts";
import { findings } from "./schema.ts";

export type PageRequest = { sort: FindingSort; limit: number; after?: string };

/** One page, forward from a cursor by keyset. A cursor that never was one reads as none. */
export async function listFindings(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  { sort, limit, after }: PageRequest,
): Promise<FindingPage> {
  scope.require("findings:read");
  const found = await findPlaces(db, scope, filter, {
    sort,
    limit: limit + 1,
    at: decodeCursor(after ?? ""),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: await readFindingRows(
      db,
      scope,
      shown.map(({ id }) => id),
    ),
    next: last && found.length > limit ? encodeCursor(last) : null,
  };
}

/** How many findings match, now. */
export async function countFindings(db: Store, scope: Scope, filter: FindingFilter): Promise<number> {
  scope.require("findings:read");
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(findings)
    .where(matchingFindings(scope, filter));
  return row?.count ?? 0;
}
