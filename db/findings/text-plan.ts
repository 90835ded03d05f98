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
  /** True when the text may be about checks, of which there are many findings. */
  namesChecks: boolean;
  /** For findings that are looked up by whatever is most telling. */
  gather(t: Columns): SQL | undefined;
  /** For findings that pass by one after the other. */
  test(t: Columns): SQL | undefined;
};

/** More resources than this are not named one by one. */
const few = 1_500;

/** Looks how common the text is among the names of resources. */
export async function planText(db: Store, scope: Scope, text: string): Promise<TextPlan | null> {
  if (text === "") return null;
  if (text.includes("\0"))
    return { narrow: true, namesChecks: false, gather: () => sql`false`, test: () => sql`false` };
  const [found, checkIds] = await Promise.all([
    db
      .select({ id: resources.id })
      .from(resources)
      .where(namedLike(scope, text))
      .limit(few + 1),
    readChecksLike(db, scope, text),
  ]);
  const namesChecks = checkIds.length > 0;
  const ofChecks = (t: Columns) => (namesChecks ? inArray(t.checkId, checkIds) : undefined);
  if (found.length > few) {
    const pattern = containing(text);
    return {
      narrow: false,
      namesChecks,
      gather: (t) => matchesText(scope, text, t),
      test: (t) =>
        or(
          sql`(select r.name ilike ${pattern} or r.uid ilike ${pattern} from resources r where r.id = ${t.resourceId})`,
          ofChecks(t),
        ),
    };
  }
  const ids = found.map(({ id }) => id);
  const either = (t: Columns) =>
    or(ids.length > 0 ? inArray(t.resourceId, ids) : undefined, ofChecks(t)) ?? sql`false`;
  return { narrow: true, namesChecks, gather: either, test: either };
}
