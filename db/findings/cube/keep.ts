import type { Database, OpenDatabase, Store } from "../../client.ts";
import type { CountCube } from "./count-cube.ts";
import { HeldCounts } from "./held-counts.ts";

/** How often counts are brought up to date while nobody asks, so that they never fall far behind. */
const everyMs = 60_000;
/** Counts that nobody asked for in so long are let go of. */
const idleMs = 1_800_000;

type Kept = { db: Database; sql: OpenDatabase["sql"]; byOrganisation: Map<string, HeldCounts> };

/** Held by the global object because a bundler may load this module more than once. */
const held = globalThis as { parapetFindingCounts?: Kept };

/**
 * From now on this process holds the counts of the organisations that it is asked for in memory: for one that answers many
 * people, as the web interface does. Whoever reads once is better off without.
 */
export function keepFindingCounts({ db, sql }: Pick<OpenDatabase, "db" | "sql">): () => void {
  const kept: Kept = { db, sql, byOrganisation: new Map() };
  held.parapetFindingCounts = kept;
  const timer = setInterval(() => {
    for (const [organisationId, counts] of kept.byOrganisation) {
      if (Date.now() - counts.usedAt > idleMs) kept.byOrganisation.delete(organisationId);
      else counts.refresh();
    }
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (held.parapetFindingCounts === kept) held.parapetFindingCounts = undefined;
  };
}

/** Reads an organisation's counts into memory now, so that the next who asks finds them there. */
export async function loadKeptCounts(db: Store, organisationId: string): Promise<void> {
  await find(db, organisationId)?.load();
}

function find(db: Store, organisationId: string): HeldCounts | null {
  const kept = held.parapetFindingCounts;
  if (!kept || kept.db !== db) return null;
  let counts = kept.byOrganisation.get(organisationId);
  if (!counts) {
    counts = new HeldCounts(kept.sql, organisationId);
    kept.byOrganisation.set(organisationId, counts);
  }
  return counts;
}

/**
 * The organisation's counts in memory, as of now; null where they aren't kept or not read yet, and in a transaction, whose
 * own changes they don't have.
 */
export async function keptCounts(db: Store, organisationId: string): Promise<CountCube | null> {
  return (await find(db, organisationId)?.current()) ?? null;
}
