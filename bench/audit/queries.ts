import { listEntries } from "#db/audit/entries.ts";
import { type AuditFilter, auditFilter } from "#lib/audit/filter.ts";
import { Chance } from "../pages/chance.ts";
import { percentile } from "../pages/load.ts";
import { correlationOf, objectOf, world } from "./fill.ts";
import type { Trail } from "./trail.ts";

type Ask = (chance: Chance, entries: number) => Partial<AuditFilter>;

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const [day, week, month] = [1, 7, 30];
const since = (chance: Chance) => ({ from: ago(chance.pick([day, week, month])) });

/** Every way to narrow the trail that its page has, alone and together. */
const asked: Readonly<Record<string, Ask>> = {
  "a stretch of time": (chance) => since(chance),
  actor: (chance) => ({ actors: [chance.pick(world.users)], ...since(chance) }),
  action: (chance) => ({ actions: [chance.pick(world.actions)], ...since(chance) }),
  "all of a thing": (chance) => ({
    actions: [`${chance.pick(["scan", "session", "remediation_plan", "user", "finding"])}.*`],
    ...since(chance),
  }),
  object: (chance) => ({ objectId: objectOf(Math.floor(chance.next() * world.objects)) }),
  "refused or failed": (chance) => ({ results: ["refused", "failed"], ...since(chance) }),
  "one request": (chance, entries) => ({
    correlationId: correlationOf(Math.floor((chance.next() * entries) / 3)),
  }),
  "actor and action": (chance) => ({
    actors: [chance.pick(world.users)],
    actions: [chance.pick(world.actions)],
    ...since(chance),
  }),
  "actor, and failed": (chance) => ({
    actors: [chance.pick(world.users)],
    results: ["failed"],
    ...since(chance),
  }),
  text: (chance) => ({
    text: chance.pick(["approve", "sign-in", "freeze", objectOf(Math.floor(chance.next() * world.objects))]),
    ...since(chance),
  }),
};

export type QueryTimes = { all: number[]; byKind: [string, number[]][] };

/** Asks for as many first pages, and pages somewhere behind them, of each kind; times in milliseconds. */
export async function measureQueries(trail: Trail, entries: number, each: number): Promise<QueryTimes> {
  const chance = new Chance(7);
  const kinds = Object.entries(asked);
  const byKind = new Map(kinds.map(([kind]) => [kind, [] as number[]]));
  for (let round = 0; round < each; round += 1) {
    for (const [kind, ask] of kinds) {
      const filter = auditFilter(ask(chance, entries));
      const times = byKind.get(kind) ?? [];
      const first = await timed(() => listEntries(trail.database.db, trail.scope, filter, { limit: 50 }));
      times.push(first.ms);
      if (first.value.next === null) continue;
      const after = first.value.next;
      times.push(
        (await timed(() => listEntries(trail.database.db, trail.scope, filter, { limit: 50, after }))).ms,
      );
    }
  }
  return { all: [...byKind.values()].flat(), byKind: [...byKind] };
}

async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now();
  const value = await act();
  return { ms: performance.now() - startedAt, value };
}

export const p95 = (times: readonly number[]): number => percentile(times, 0.95);
