import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { createAccount, createOrganisation, createUser, type UserRow } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import type { Role } from "#db/identity/schema.ts";
import { Scope } from "../auth/scope.ts";

/** What tests of triage share; for tests alone. */
export type Estate = {
  organisationId: string;
  accountId: string;
  /** Ids of the findings, as `fnd_<account>_00001`, in order. */
  ids: string[];
  /** A new user of the organisation. */
  join(role: Role, given?: Partial<UserRow>): Promise<UserRow>;
  /** The scope of a new user of the organisation. */
  scopeOf(role: Role): Promise<Scope>;
};

/** An organisation with one account and open findings of medium severity, each of a resource of its own. */
export async function createEstate(
  db: Database,
  count = 1,
  given: { organisationId?: string } = {},
): Promise<Estate> {
  const organisationId = given.organisationId ?? (await createOrganisation(db)).id;
  const { id: accountId } = await createAccount(db, { organisationId });
  const ids = Array.from({ length: count }, (_, at) => `fnd_${accountId}_${String(at + 1).padStart(6, "0")}`);
  await db.execute(sql`
    insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with)
    select 'res_' || ${accountId} || '_' || to_char(i, 'FM000000'), ${organisationId}, ${accountId}, 's3', 'eu', 'eu',
      'aws.s3.bucket', 'arn:' || i, 'bucket ' || i, '{}', '{}', '[]', '', '{}', 'v' from generate_series(1, ${count}::int) i
  `);
  await db.execute(sql`
    insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, reason,
      evidence, first_seen_at, opened_at, due_at)
    select 'fnd_' || ${accountId} || '_' || to_char(i, 'FM000000'), ${organisationId}, ${accountId},
      'res_' || ${accountId} || '_' || to_char(i, 'FM000000'), 'aws.s3.bucket-versioning', 's3', 'eu', 'medium',
      'Versioning is off.', '[]', now(), now(), sla_due(${organisationId}, 'medium', now())
    from generate_series(1, ${count}::int) i
  `);
  const join: Estate["join"] = (role, more = {}) => createUser(db, { organisationId, role, ...more });
  return { organisationId, accountId, ids, join, scopeOf: async (role) => Scope.ofUser(await join(role)) };
}

/** A finding's row. */
export async function readFinding(db: Database, id: string): Promise<typeof findings.$inferSelect> {
  const [row] = await db.select().from(findings).where(eq(findings.id, id));
  if (!row) throw new Error(`There is no finding ${id}.`);
  return row;
}

/** ISO 8601, so many days from now. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** What changes did to a finding, oldest first. */
export async function readActivity(db: Database, findingId: string) {
  const rows = await db.execute<{ act: string; before: unknown; after: unknown }>(sql`
    select c.act, a.before, a.after from finding_activity a join triage_changes c on c.id = a.change_id
    where a.finding_id = ${findingId} order by c.created_at, c.id
  `);
  return [...rows];
}

/** What users of an organisation were told, by user. */
export async function readTold(db: Database, organisationId: string) {
  const rows = await db.execute<{
    userId: string;
    kind: string;
    findingId: string | null;
    excerpt: string;
  }>(sql`
    select user_id as "userId", kind, finding_id as "findingId", excerpt from notifications
    where organisation_id = ${organisationId} order by user_id, at, id
  `);
  return [...rows];
}
