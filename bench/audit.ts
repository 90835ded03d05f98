import { join } from "node:path";
import { type Appends, appendAlone, appendInTransaction, measureAppends } from "./audit/appends.ts";
import { fillTrail } from "./audit/fill.ts";
import { measureAddedLatency } from "./audit/latency.ts";
import { measureQueries, p95 } from "./audit/queries.ts";
import { sealAll } from "./audit/seal.ts";
import { openTrail } from "./audit/trail.ts";
import { measureVerification } from "./audit/verify.ts";
import { type Figure, figure } from "./model.ts";

/** So many entries are sealed and verified, */
const aMillion = 1_000_000;
/** and so many asked for. */
const entries = 5_000_000;

/**
 * What the trail costs each act, and how fast it is sealed, verified and read. PostgreSQL, which flushes every commit,
 * shares the machine. Filling takes some minutes; with PARAPET_BENCH_DATA_DIR set, what was filled is kept there.
 */
export async function run(): Promise<Figure[]> {
  return [...(await measureWriting()), ...(await measureProving()), ...(await measureReading())];
}

async function measureWriting(): Promise<Figure[]> {
  await using trail = await openTrail();
  const some = { writers: 8, entries: 10_000 };
  const many = { writers: 8, entries: 60_000 };
  // What is compiled at first use is no part of a working day.
  await measureAppends(trail, appendAlone, some);
  const alone = await measureAppends(trail, appendAlone, many);
  await measureAppends(trail, appendInTransaction, some);
  const inTransaction = await measureAppends(trail, appendInTransaction, many);
  await measureAddedLatency(trail, 500);
  const act = await measureAddedLatency(trail, 3_000);
  const added = act.with - act.without;
  return [
    figure("entries appended by 8 writers, each a transaction of its own", alone.perSecond, "entries/s", {
      atLeast: 10_000,
    }),
    ...cpuOf(alone),
    figure("the same, each transaction begun and committed by itself", inTransaction.perSecond, "entries/s"),
    ...cpuOf(inTransaction),
    figure("what its entry adds to an ordinary act, median", added, "ms", { atMost: 1 }),
    figure("the act without it, median", act.without, "ms"),
  ];
}

async function measureProving(): Promise<Figure[]> {
  await using trail = await openTrail();
  await fillTrail(trail, aMillion);
  const sealing = await sealAll(trail);
  const seconds = await measureVerification(trail, aMillion);
  return [
    figure("entries sealed", sealing.perSecond, "entries/s", { atLeast: 200_000 }),
    figure("of the sealer's own CPU time, an entry", sealing.clientMicros, "µs"),
    figure("1,000,000 entries verified", seconds, "s", { atMost: 6 }),
  ];
}

async function measureReading(): Promise<Figure[]> {
  const kept = process.env.PARAPET_BENCH_DATA_DIR;
  await using trail = await openTrail(kept === undefined ? undefined : join(kept, "audit"));
  await fillTrail(trail, entries);
  await sealAll(trail);
  await measureQueries(trail, entries, 2);
  const { all, byKind } = await measureQueries(trail, entries, 30);
  return [
    figure("a page of 5,000,000 entries, filtered, 95th percentile", p95(all), "ms", { atMost: 50 }),
    ...byKind.map(([kind, times]) => figure(`of that, by ${kind}`, p95(times), "ms")),
  ];
}

const cpuOf = ({ clientMicros, serverMicros }: Appends): Figure[] => [
  figure("of the writers' CPU time, an entry", clientMicros, "µs"),
  ...(serverMicros === null ? [] : [figure("of PostgreSQL's CPU time, an entry", serverMicros, "µs")]),
];
