import { eq } from "drizzle-orm";
import { z } from "zod";
import { organisations } from "#db/identity/schema.ts";
import { defineMutation } from "#lib/mutation.ts";
import { percentile } from "../pages/load.ts";
import type { Trail } from "./trail.ts";

const input = z.strictObject({ name: z.string() });

/** An ordinary act: one row changes. */
const rename = defineMutation({
  permission: "audit:manage",
  act: { action: "organisation.rename", kind: "organisation", id: ({ organisationId }) => organisationId },
  input,
  async run({ tx, scope, input: { name } }) {
    await tx.update(organisations).set({ name }).where(eq(organisations.id, scope.organisationId));
    const object = { kind: "organisation", id: scope.organisationId };
    return {
      result: null,
      audit: { action: "organisation.rename", object, before: {}, after: { revision: 1 } },
    };
  },
});

/**
 * What the entry adds to such an act, in milliseconds at the median: with it and without it by turns, so that whatever
 * else the machine does meets both alike.
 */
export async function measureAddedLatency(
  trail: Trail,
  times: number,
): Promise<{ with: number; without: number }> {
  const { database, scope } = trail;
  const [withEntry, without]: [number[], number[]] = [[], []];
  for (let n = 0; n < times; n += 1) {
    const name = `Acme ${n}`;
    const startedAt = performance.now();
    await rename(database.db, scope, { name });
    const between = performance.now();
    await database.db.transaction((tx) =>
      tx
        .update(organisations)
        .set({ name: input.parse({ name }).name })
        .where(eq(organisations.id, scope.organisationId)),
    );
    without.push(performance.now() - between);
    withEntry.push(between - startedAt);
  }
  return { with: percentile(withEntry, 0.5), without: percentile(without, 0.5) };
}
