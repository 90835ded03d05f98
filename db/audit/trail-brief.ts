import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { tailPatienceMs } from "./integrity.ts";
import type { IntegrityState } from "./model.ts";
import { requireTrail } from "./where.ts";

/** As much of the trail's state as every page of the product shows. */
export type TrailBrief = {
  state: IntegrityState;
  /** Entries sealed, over the whole installation. */
  sealed: number;
};

const rowSchema = z.object({
  sealed: z.coerce.number(),
  waiting: z.boolean(),
  wrong: z.boolean(),
  verified: z.boolean(),
  stale: z.boolean(),
});

/**
 * Whether the trail is sealed and nothing is known to be wrong with it, by one statement that costs next to nothing.
 * `auditIntegrity` says why.
 */
export async function readTrailBrief(db: Store, scope: Scope): Promise<TrailBrief> {
  requireTrail(scope);
  const [row] = await db.execute(sql`
    with last as (select first + size as sealed, xid_to, floor from audit_batches order by n desc limit 1),
      newest as (
        select (select ok from audit_verifications where extent = 'all' order by ended_at desc limit 1) as everything,
          (select ok from audit_verifications where extent = 'tail' order by ended_at desc limit 1) as tail,
          (select max(ended_at) from audit_verifications) as verified_at)
    select coalesce((select sealed from last), 0) as sealed,
      exists (
        select from audit_entries
        where xid >= coalesce((select xid_to from last), '0'::xid8) and id > coalesce((select floor from last), 0)
          and at < now() - interval '1 minute') as waiting,
      coalesce(not everything, false) or coalesce(not tail, false) as wrong,
      coalesce(everything, tail) is not null as verified,
      coalesce(verified_at < now() - make_interval(secs => ${tailPatienceMs / 1_000}), false) as stale
    from newest`);
  const { sealed, waiting, wrong, verified, stale } = rowSchema.parse(row);
  return { sealed, state: wrong ? "broken" : waiting || stale ? "behind" : verified ? "sound" : "unproven" };
}
