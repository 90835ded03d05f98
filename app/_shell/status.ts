import type { Database } from "#db/client.ts";
import type { ScanBrief } from "#db/scans/model.ts";
import { getLatestScans } from "#db/scans/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";

/** What the top line says at all times. */
export type Status = {
  running: { id: string; ended: number; units: number; cancelling: boolean } | null;
  last: { id: string; finishedAt: string; gaps: number; failed: number } | null;
  /** When this was read, by the server's clock. */
  now: string;
};

export async function readStatus(db: Database, scope: Scope): Promise<Status> {
  const { running, last } = await getLatestScans(db, scope);
  return {
    running: running && {
      id: running.id,
      ...progressOf(running),
      cancelling: running.status === "cancelling",
    },
    last: last?.finishedAt
      ? { id: last.id, finishedAt: last.finishedAt, gaps: last.units.gap, failed: last.units.failed }
      : null,
    now: new Date().toISOString(),
  };
}

/** Units that have come to an end, of all. */
export function progressOf({ units }: Pick<ScanBrief, "units">): { ended: number; units: number } {
  const all = Object.values(units).reduce((sum, each) => sum + each, 0);
  return { ended: all - units.waiting - units.queued - units.running, units: all };
}
