import { inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { resources } from "../resources/schema.ts";
import { containing, matchesText, namedLike, readChecksLike } from "./text.ts";

type Columns = { resourceId: SQLWrapper; checkId: SQLWrapper };

/** How a text is looked for. */
export type TextPlan = {
  /** True when so few resources are called so that their findings are best looked up. */
  narrow: boolean;
  /** Checks that the text is about. */
  checkIds: readonly string[];
  /** For findings that are looked up by whatever is most telling. */
  gather(t: Columns): SQL | undefined;
  /** For findings that pass by one after the other. */
  test(t: Columns): SQL | undefined;
};

/** More resources than this are not named one by one. */
const few = 5_000;

/** Looks how common the text is among the names of resources. */
export async function planText(db: Store, scope: Scope, text: string): Promise<TextPlan | null> {
  if (text === "") return null;
  if (text.includes("\0"))
    return { narrow: true, checkIds: [], gather: () => sql`false`, test: () => sql`false` };
  const [found, checkIds] = await Promise.all([
    db
      .select({ id: resources.id })
      .from(resources)
      .where(namedLike(scope, text))
      .limit(few + 1),
    readChecksLike(db, scope, text),
  ]);
  const ofChecks = (t: Columns) => (checkIds.length > 0 ? inArray(t.checkId, checkIds) : undefined);
  if (found.length > few) {
    const pattern = containing(text);
    return {
      narrow: false,
      checkIds,
      gather: (t) => matchesText(scope, text, t),
      test: (t) =>
        or(
          sql`(select r.name ilike ${pattern} or r.uid ilike ${pattern} from resources r where r.id = ${t.resourceId})`,
          ofChecks(t),
        ),
    };
  }
  const ids = found.map(({ id }) => id);
  // Ids are letters, digits and underscores, so that an array of them needs no quotes.
  const list = `{${ids.join(",")}}`;
  const either = (t: Columns) =>
    or(ids.length > 0 ? sql`${t.resourceId} = any(${list}::text[])` : undefined, ofChecks(t)) ?? sql`false`;
  return { narrow: true, checkIds, gather: either, test: either };
}
