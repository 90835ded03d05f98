import { readTrailBrief, type TrailBrief } from "#db/audit/trail-brief.ts";
import type { Database } from "#db/client.ts";
import { countWaiting } from "#db/remediation/queries.ts";
import type { ScanBrief } from "#db/scans/model.ts";
import { getLatestScans } from "#db/scans/queries.ts";
import { countAsked } from "#db/triage/count-asked.ts";
import { countUnread } from "#db/triage/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";

/** What the shell says at all times. */
export type Status = {
  running: { id: string; ended: number; units: number; cancelling: boolean } | null;
  last: { id: string; finishedAt: string; gaps: number; failed: number } | null;
  /** Notifications that one has not read. */
  unread: number;
  /** Risk acceptances and fixes that wait for one's own decision; 0 for who decides none. */
  approvals: number;
  /** How the audit trail stands; null for who doesn't read it. */
  trail: TrailBrief | null;
  /** When this was read, by the server's clock. */
  now: string;
};

export async function readStatus(db: Database, scope: Scope): Promise<Status> {
  const [{ running, last }, unread, risks, fixes, trail] = await Promise.all([
    getLatestScans(db, scope),
    countUnread(db, scope),
    scope.can("risk:decide") ? countAsked(db, scope) : 0,
    scope.can("remediation:decide") ? countWaiting(db, scope) : 0,
    scope.can("audit:read") && scope.accountIds === null ? readTrailBrief(db, scope) : null,
  ]);
  return {
    running: running && {
      id: running.id,
      ...progressOf(running),
      cancelling: running.status === "cancelling",
    },
    last: last?.finishedAt
      ? { id: last.id, finishedAt: last.finishedAt, gaps: last.units.gap, failed: last.units.failed }
      : null,
    unread,
    approvals: risks + fixes,
    trail,
    now: new Date().toISOString(),
  };
}

/** Units that have come to an end, of all. */
export function progressOf({ units }: Pick<ScanBrief, "units">): { ended: number; units: number } {
  const all = Object.values(units).reduce((sum, each) => sum + each, 0);
  return { ended: all - units.waiting - units.queued - units.running, units: all };
}
