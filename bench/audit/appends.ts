import { readdirSync, readFileSync } from "node:fs";
import { type AuditRecord, appendAudit, appendAuditAlone } from "#lib/audit/append.ts";
import type { Trail } from "./trail.ts";

export type Appends = {
  perSecond: number;
  /** Microseconds of this process's CPU time an entry, */
  clientMicros: number;
  /** and of PostgreSQL's, all of its processes; null where the system doesn't tell. */
  serverMicros: number | null;
};

/** As many entries as asked for, by writers at once, each entry in a transaction of its own that is flushed to disk. */
export async function measureAppends(
  trail: Trail,
  append: (trail: Trail, n: number) => Promise<string>,
  { writers, entries }: { writers: number; entries: number },
): Promise<Appends> {
  const { database, scope, server } = trail;
  const connections = await Promise.all(Array.from({ length: writers }, () => database.sql.reserve()));
  for (const connection of connections) connection.release();
  const before = { client: process.cpuUsage(), server: serverSeconds(server.pid) };
  const startedAt = performance.now();
  let next = 0;
  const writer = async () => {
    for (let n = next++; n < entries; n = next++) await append(trail, n);
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const seconds = (performance.now() - startedAt) / 1_000;
  const client = process.cpuUsage(before.client);
  const spent = serverSeconds(server.pid);
  const [count] = await database.sql<{ count: number }[]>`
    select count(*)::int from audit_entries where organisation_id = ${scope.organisationId}`;
  if ((count?.count ?? 0) < entries) throw new Error(`Of ${entries} entries, ${count?.count} are there.`);
  return {
    perSecond: entries / seconds,
    clientMicros: (client.user + client.system) / entries,
    serverMicros: spent === null || before.server === null ? null : ((spent - before.server) * 1e6) / entries,
  };
}

/** An entry like those of a busy day: a decision on a plan, with what it was and what it became. */
const recordOf = (n: number): AuditRecord => ({
  action: "plan.approve",
  object: { kind: "plan", id: `pln_${n % 10_000}` },
  before: { state: "awaiting_approval", revision: n },
  after: { state: "approved", revision: n + 1, approvals: 1, resources: 3 },
  durationMs: 12.5,
});

/** An entry that is all of its transaction: one statement. */
export const appendAlone = ({ database, scope }: Trail, n: number): Promise<string> =>
  appendAuditAlone(database.db, scope, recordOf(n));

/** An entry in a transaction that is begun and committed for it. */
export const appendInTransaction = ({ database, scope }: Trail, n: number): Promise<string> =>
  database.db.transaction((tx) => appendAudit(tx, scope, recordOf(n)));

/** CPU time of PostgreSQL's processes that live, in seconds; Linux only, else null. Ticks are a hundredth of a second. */
function serverSeconds(postmaster: number): number | null {
  try {
    let ticks = 0;
    for (const pid of readdirSync("/proc")) {
      if (!/^\d+$/.test(pid)) continue;
      const stat = readStat(pid);
      if (stat && (stat.parent === postmaster || Number(pid) === postmaster)) ticks += stat.ticks;
    }
    return ticks / 100;
  } catch {
    // No such folder on other systems.
    return null;
  }
}

function readStat(pid: string): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
