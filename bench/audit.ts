import { type Appends, appendAlone, appendInTransaction, measureAppends } from "./audit/appends.ts";
import { openTrail } from "./audit/trail.ts";
import { type Figure, figure } from "./model.ts";

/** What the trail costs and how fast it is read. PostgreSQL, which flushes every commit, shares the machine. */
export async function run(): Promise<Figure[]> {
  await using trail = await openTrail();
  const some = { writers: 8, entries: 10_000 };
  const many = { writers: 8, entries: 60_000 };
  // What is compiled at first use is no part of a working day.
  await measureAppends(trail, appendAlone, some);
  const alone = await measureAppends(trail, appendAlone, many);
  await measureAppends(trail, appendInTransaction, some);
  const inTransaction = await measureAppends(trail, appendInTransaction, many);
  return [
    figure("entries appended by 8 writers, each a transaction of its own", alone.perSecond, "entries/s", {
      atLeast: 10_000,
    }),
    ...cpuOf(alone),
    figure("the same, each transaction begun and committed by itself", inTransaction.perSecond, "entries/s"),
    ...cpuOf(inTransaction),
  ];
}

const cpuOf = ({ clientMicros, serverMicros }: Appends): Figure[] => [
  figure("of the writers' CPU time, an entry", clientMicros, "µs"),
  ...(serverMicros === null ? [] : [figure("of PostgreSQL's CPU time, an entry", serverMicros, "µs")]),
];
