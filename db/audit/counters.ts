import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { Grain } from "./roll-up-schema.ts";

/** So many entries that aren't counted yet are read one by one; more are left out until they are. */
const mostRead = 20_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Where counts of a stretch of time come from. */
export type Counters = {
  /** A condition on the counters that cover what of the stretch is whole hours and days. */
  within: SQL;
  /**
   * A query of the entries that those don't cover: in a begun hour at either end, or not counted yet. Its columns are
   * `entry_id, at, actor_kind, actor_id, action, result, duration_ms, after`.
   */
  entries: SQL;
};

/**
 * Reads counts of a stretch of time that are exact. `countedTo` is set where so much waits to be counted that it was left
 * out: then nothing after that moment is in them for certain.
 *
 * @param read Called again when counters were brought up to date while it read.
 */
export async function readCounters<T>(
  db: Store,
  scope: Scope,
  range: AuditRange,
  read: (counters: Counters) => Promise<T>,
  finest: Grain = "day",
): Promise<{ found: T; countedTo: string | null }> {
  for (let tries = 1; ; tries++) {
    const head = await readHead(db);
    const parts = partsOf(range, finest);
    const found = await read({ within: withinOf(scope, parts), entries: entriesOf(scope, parts, head) });
    if (tries < 5 && (await readPosition(db)) !== head.position) continue;
    return { found, countedTo: head.isNear ? null : (head.at ?? new Date(0).toISOString()) };
  }
}

type Stretch = { from: number; to: number };
type Parts = { days: Stretch; hours: Stretch[]; edges: Stretch[]; inner: Stretch };

/** Whole days, whole hours beside them, and what is left at the ends. */
export function partsOf({ from, to }: AuditRange, finest: Grain = "day", now = Date.now()): Parts {
  const [start, end] = [from.getTime(), to.getTime()];
  const inner = {
    from: Math.ceil(start / hourMs) * hourMs,
    // An hour that isn't over has nothing behind the end.
    to: (end >= now ? Math.ceil(end / hourMs) : Math.floor(end / hourMs)) * hourMs,
  };
  const none = { from: end, to: end };
  if (inner.from >= inner.to)
    return { days: none, hours: [], edges: [{ from: start, to: end }], inner: none };
  const days = {
    from: Math.ceil(inner.from / dayMs) * dayMs,
    to: Math.floor(inner.to / dayMs) * dayMs,
  };
  const hasDays = finest === "day" && days.from < days.to;
  const hours = hasDays
    ? [
        { from: inner.from, to: days.from },
        { from: days.to, to: inner.to },
      ]
    : [inner];
  const edges = [
    { from: start, to: inner.from },
    { from: inner.to, to: end },
  ];
  const isSome = (part: Stretch) => part.from < part.to;
  return { days: hasDays ? days : none, hours: hours.filter(isSome), edges: edges.filter(isSome), inner };
}

const moment = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;
const between = (column: SQL, { from, to }: Stretch) =>
  sql`${column} >= ${moment(from)} and ${column} < ${moment(to)}`;

function withinOf({ organisationId }: Scope, { days, hours }: Parts): SQL {
  const grain = (name: Grain, part: Stretch) => sql`(grain = ${name} and ${between(sql`start`, part)})`;
  const parts = [
    ...(days.from < days.to ? [grain("day", days)] : []),
    ...hours.map((part) => grain("hour", part)),
  ];
  if (parts.length === 0) return sql`false`;
  return sql`organisation_id = ${organisationId} and (${sql.join(parts, sql` or `)})`;
}

const columns = sql.raw("entry_id, at, actor_kind, actor_id, action, result, duration_ms, after");

function entriesOf({ organisationId }: Scope, { edges, inner }: Parts, head: Head): SQL {
  const select = (where: SQL) =>
    sql`select ${columns} from audit_entries where organisation_id = ${organisationId} and ${where}`;
  const all = edges.map((edge) => select(between(sql`at`, edge)));
  if (head.isNear && inner.from < inner.to) {
    const during = between(sql`at`, inner);
    all.push(select(sql`${during} and xid >= ${head.xidTo}::xid8 and id > ${head.floor}::bigint`));
    if (head.position < head.sealed) {
      all.push(
        select(sql`${during} and id in (
          select unnest(entries) from audit_batches where first >= ${head.position} and first < ${head.sealed})`),
      );
    }
  }
  return all.length === 0 ? select(sql`false`) : sql.join(all, sql` union all `);
}

const headRow = z.object({
  position: z.coerce.number(),
  at: z.string().nullable(),
  sealed: z.coerce.number(),
  xidTo: z.string(),
  floor: z.coerce.number(),
  pending: z.coerce.number(),
});
type Head = Omit<z.output<typeof headRow>, "pending"> & {
  /** Whether what isn't counted is few enough to be read. */
  isNear: boolean;
};

/** How far sealing and counting are. */
async function readHead(db: Store): Promise<Head> {
  const [row] = await db.execute(sql`
    select position, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      coalesce(sealed, 0) as sealed, coalesce(xid_to, '0') as "xidTo", coalesce(floor, 0) as floor, (
        select count(*) from (
          select from audit_entries where xid >= coalesce(xid_to, '0')::xid8 and id > coalesce(floor, 0)
          limit ${mostRead + 1}) waiting) as pending
    from audit_roll_up_state left join (
      select first + size as sealed, xid_to::text, floor from audit_batches order by n desc limit 1) last on true
    where audit_roll_up_state.id = 1`);
  const { pending, ...head } = headRow.parse(row);
  return { ...head, isNear: head.sealed - head.position + pending <= mostRead };
}

async function readPosition(db: Store): Promise<number> {
  const [row] = await db.execute<{ position: string }>(
    sql`select position from audit_roll_up_state where id = 1`,
  );
  return Number(row?.position ?? 0);
}
