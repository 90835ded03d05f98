import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { OpenDatabase, Transaction } from "#db/client.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import { catalogueVersion } from "#lib/checks/version.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";
import { type CheckSet, evaluate } from "./evaluate.ts";
import { Completeness, relatedIndex } from "./related.ts";
import type { Known } from "./sink.ts";
import type { ClaimedUnit } from "./store/claim.ts";
import { endUnit, holdUnit, readClock } from "./store/complete.ts";
import {
  array,
  markUnverifiedWhere,
  openFindings,
  recount,
  resolveWhere,
  takeVerdicts,
} from "./store/merge.ts";
import { type Attempt, StagingSink } from "./store/staging.ts";

const pageSize = 1_000;

type Stored = Known & { id: string; resource: Resource };
type KindState = { state: string; clean: boolean };

/**
 * Judges what spans units, once an account's other units are through: checks that compare resources with each other.
 * A check runs again only when a kind it reads, or how completely that kind was read, has changed since.
 */
export async function performRelations(
  database: OpenDatabase,
  unit: ClaimedUnit,
  checks: CheckSet,
): Promise<void> {
  const { db, sql: connection } = database;
  const completeness = await readCompleteness(connection, unit.accountId);
  const states = await readKindStates(connection, unit.accountId);
  const done = new Map(
    (
      await connection<{ checkId: string; fingerprint: string }[]>`
        select check_id as "checkId", fingerprint from relation_runs where account_id = ${unit.accountId}`
    ).map((row) => [row.checkId, row.fingerprint]),
  );
  const due = checks.relating
    .filter((check) => check.resource.startsWith(`${unit.account.cloud}.`))
    .map((check) => ({ check, fingerprint: fingerprintOf(check, states) }))
    .filter(({ check, fingerprint }) => check.dependsOnTime || done.get(check.id) !== fingerprint);

  const sink = new StagingSink(connection, unit);
  const context = new Set(due.flatMap(({ check }) => check.context ?? []));
  const related = relatedIndex(await readAll(connection, unit.accountId, [...context]), completeness);
  for (const kind of new Set(due.map(({ check }) => check.resource))) {
    const judging = due.map(({ check }) => check).filter((check) => check.resource === kind);
    for await (const page of pagesOf(connection, unit.accountId, [kind])) {
      await sink.write(
        page.map(({ resource, hash, verdicts }) => {
          const evaluation = evaluate(resource, judging, unit.asOf, related);
          // A failure is staged even when it isn't new: its reason may name another resource that changed.
          const news =
            evaluation.failures.length > 0 ||
            judging.some((check) => verdicts[check.id] !== evaluation.verdicts[check.id]);
          const kept = news
            ? { news: "verdicts" as const, evaluation }
            : { news: "same" as const, evaluation: null };
          return { resource, hash, evaluatedWith: "", ...kept };
        }),
      );
    }
  }
  const clean = due
    .map(({ check }) => check)
    .filter((check) => kindsOf(check).every((kind) => states.get(kind)?.clean));
  await db.transaction(async (tx) => {
    await holdUnit(tx, unit);
    const at = await readClock(tx);
    const changed = await takeVerdicts(tx, unit);
    const attempt = { ...unit, at };
    const { opened, reopened } = await openFindings(tx, attempt);
    const resolved = await resolveWhere(
      tx,
      attempt,
      sql`${isOf(clean)} and r.verdicts ->> f.check_id = 'pass'`,
    );
    await markUnverifiedWhere(tx, attempt, isOf(due.map(({ check }) => check)));
    if (changed > 0) await recountChanged(tx, unit);
    for (const { check, fingerprint } of due) {
      await tx.execute(sql`
        insert into relation_runs (account_id, check_id, fingerprint)
        values (${unit.accountId}, ${check.id}, ${fingerprint})
        on conflict (account_id, check_id) do update set fingerprint = excluded.fingerprint
          where relation_runs.fingerprint <> excluded.fingerprint
      `);
    }
    await tx.execute(sql`delete from scan_staging where token = ${unit.token}`);
    await endUnit(tx, unit, { status: "done", resources: sink.rows, changed, opened, reopened, resolved });
  });
}

/** The finding is of one of these checks. */
const isOf = (checks: readonly AnyCheck[]) => sql`f.check_id = any(${array(checks.map(({ id }) => id))})`;

const kindsOf = (check: AnyCheck): Kind[] => [check.resource, ...(check.context ?? [])];

function fingerprintOf(check: AnyCheck, states: ReadonlyMap<string, KindState>): string {
  const parts = kindsOf(check).map((kind) => `${kind} ${states.get(kind)?.state ?? "none"}`);
  return createHash("sha256")
    .update([catalogueVersion(), ...parts].join("\n"))
    .digest("hex");
}

async function readCompleteness(connection: OpenDatabase["sql"], accountId: string): Promise<Completeness> {
  const completeness = new Completeness();
  const rows = await connection<{ kind: string; region: string; complete: boolean }[]>`
    select kind, region, complete from coverage where account_id = ${accountId}`;
  for (const { kind, region, complete } of rows) completeness.set(kind, region, complete);
  return completeness;
}

/** A word per kind that changes whenever its resources, or how well they were read, do; whoever's clock was right. */
async function readKindStates(
  connection: OpenDatabase["sql"],
  accountId: string,
): Promise<Map<string, KindState>> {
  const rows = await connection<{ kind: string; state: string; clean: boolean }[]>`
    select c.kind, c.clean, concat_ws(' ', c.parts, r.parts) as state
    from (
      select kind, bool_and(clean) as clean, string_agg(concat(region, complete, clean), ',' order by region) as parts
      from coverage where account_id = ${accountId} group by kind
    ) c
    left join (
      select kind, sum(hashtextextended(concat_ws(' ', uid, region, encode(hash, 'hex')), 0)::numeric)::text as parts
      from resources where account_id = ${accountId} and deleted_at is null group by kind
    ) r using (kind)`;
  return new Map(rows.map(({ kind, state, clean }) => [kind, { state, clean }]));
}

async function* pagesOf(
  connection: OpenDatabase["sql"],
  accountId: string,
  kinds: readonly string[],
): AsyncGenerator<Stored[]> {
  let after = "";
  for (;;) {
    const rows = await connection<Omit<Stored, "resource">[] & Record<string, unknown>[]>`
      select r.id, r.hash, r.evaluated_with as "evaluatedWith", r.verdicts, r.uid, r.kind, a.external_id as account,
        r.region, r.name, r.tags, r.config, r.unread
      from resources r join accounts a on a.id = r.account_id
      where r.account_id = ${accountId} and r.kind = any(${[...kinds]}) and r.deleted_at is null and r.id > ${after}
      order by r.id limit ${pageSize}`;
    if (rows.length === 0) return;
    yield rows.map((row) => {
      const { id, hash, evaluatedWith, verdicts, ...resource } = row;
      return { id, hash, evaluatedWith, verdicts, resource: resource as unknown as Resource };
    });
    after = rows.at(-1)?.id ?? "";
  }
}

async function readAll(connection: OpenDatabase["sql"], accountId: string, kinds: readonly string[]) {
  const all: Resource[] = [];
  if (kinds.length === 0) return all;
  for await (const page of pagesOf(connection, accountId, kinds))
    all.push(...page.map(({ resource }) => resource));
  return all;
}

/** Counts anew in every unit of the account that holds a resource whose verdict this attempt changed. */
async function recountChanged(tx: Transaction, unit: Attempt): Promise<void> {
  const places = await tx.execute<{ service: string; region: string }>(sql`
    select distinct r.service, r.unit_region as region from scan_staging s
    join resources r on r.account_id = ${unit.accountId} and r.uid = s.uid
    where s.token = ${unit.token} and s.verdicts is not null
  `);
  for (const { service, region } of places) await recount(tx, { ...unit, service, region });
}
