import { createHash } from "node:crypto";
import { accountSourceMembers, accountSources } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import {
  createAccount,
  createOrganisation,
  createSession,
  createUser,
  type SessionRow,
  type UserRow,
} from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { type Role, roles } from "#db/identity/roles.ts";
import { resources } from "#db/resources/schema.ts";
import { coverageGaps, scans, scanUnits } from "#db/scans/schema.ts";
import { Scope } from "#lib/auth/scope.ts";

/** In every name of a world, so that an answer which shows one is noticed: of the organisation, and of its accounts. */
export const marker = "seen only by its own";
export const accountMarker = "seen only with its account";

/** Somebody who is signed in. */
export type Caller = { user: UserRow; session: SessionRow; scope: Scope };

export type World = Awaited<ReturnType<typeof createWorld>>;

/** An organisation with one of each thing, people of every role, and as many colleagues who see none of its accounts. */
export async function createWorld(db: Database, marks = { own: marker, account: accountMarker }) {
  const { id: organisationId } = await createOrganisation(db, { name: `Organisation ${marks.own}` });
  const account = await createAccount(db, {
    organisationId,
    name: `account ${marks.account}`,
    // A profile that no machine has: what calls the provider fails at once.
    connection: { type: "profile", profile: "no-such-profile" },
    regions: ["eu-west-1"],
  });
  const disabled = await createAccount(db, {
    organisationId,
    name: `disabled ${marks.account}`,
    disabledAt: new Date(),
  });
  const sourceId = one(
    await db
      .insert(accountSources)
      .values({
        organisationId,
        cloud: "aws",
        name: `source ${marks.own}`,
        connection: { type: "profile", profile: "no-such-profile" },
        template: { type: "role", roleName: "ParapetScanner" },
      })
      .returning(),
  ).id;
  const memberId = "210987654321";
  const at = new Date();
  await db.insert(accountSourceMembers).values({
    ...{ organisationId, sourceId, externalId: memberId, name: `member ${marks.own}`, state: "active" },
    ...{ stateSince: at, firstSeenAt: at, seenAt: at },
  });
  const ended = await addScan(db, organisationId, account.id, marks.account, "completed");
  const running = await addScan(db, organisationId, account.id, marks.account, "running");
  const found = await addFinding(db, organisationId, account.id, marks.account, "one");
  const other = await addFinding(db, organisationId, account.id, marks.account, "two");
  const callers = {} as Record<Role, Caller>;
  const unseeing = {} as Record<Role, Caller>;
  for (const role of roles) {
    callers[role] = await addCaller(db, organisationId, role, marks.own, true);
    unseeing[role] = await addCaller(db, organisationId, role, marks.own, false);
  }
  return {
    ids: {
      ...{ organisationId, accountId: account.id, accountName: account.name },
      ...{ disabledAccountId: disabled.id, sourceId, sourceName: `source ${marks.own}`, memberId },
      ...{ scanId: ended.scanId, runningScanId: running.scanId, unitId: ended.unitId },
      ...{ resourceId: found.resourceId, findingId: found.findingId, otherFindingId: other.findingId },
      userIds: mapRoles(callers, ({ user }) => user.id),
      sessionIds: mapRoles(callers, ({ session }) => session.id),
    },
    callers,
    unseeing,
  };
}

async function addCaller(
  db: Database,
  organisationId: string,
  role: Role,
  mark: string,
  seesAllAccounts: boolean,
): Promise<Caller> {
  const name = `${role} ${mark}`;
  const user = await createUser(db, { organisationId, role, name, seesAllAccounts });
  // Seen so lately that no call, however long the run takes, notes its use.
  const session = await createSession(db, { user, lastSeenAt: new Date(Date.now() + 3_600_000) });
  const live = await findLiveSession(db, session.id, { sandbox: false });
  if (!live) throw new Error("A session that was just made does not count.");
  return { user, session, scope: Scope.ofUser(live.user) };
}

async function addScan(
  db: Database,
  organisationId: string,
  accountId: string,
  mark: string,
  status: "running" | "completed",
) {
  const ended = status === "completed";
  const scanId = one(
    await db
      .insert(scans)
      .values({
        ...{ organisationId, trigger: "manual", status, finishedAt: ended ? new Date() : null },
        plannedAt: new Date(),
        scope: { accountIds: [], regions: [], services: [], checks: [] },
      })
      .returning(),
  ).id;
  const unit = { organisationId, scanId, accountId, service: "s3", region: "global" };
  const unitStatus = ended ? ("gap" as const) : ("queued" as const);
  const unitId = one(
    await db
      .insert(scanUnits)
      .values({ ...unit, status: unitStatus })
      .returning(),
  ).id;
  if (ended) {
    await db.insert(coverageGaps).values({
      ...{ organisationId, scanId, unitId, accountId, kind: "aws.s3.bucket", resourceUid: null },
      ...{ operation: "s3:ListAllMyBuckets", code: "denied", message: `Refused, ${mark}.` },
    });
  }
  return { scanId, unitId };
}

async function addFinding(
  db: Database,
  organisationId: string,
  accountId: string,
  mark: string,
  name: string,
) {
  const place = { organisationId, accountId, service: "s3", region: "eu-west-1" };
  const resourceId = one(
    await db
      .insert(resources)
      .values({
        ...place,
        ...{ unitRegion: "global", kind: "aws.s3.bucket", uid: `arn:aws:s3:::${name} ${mark}` },
        ...{
          name: `${name} ${mark}`,
          tags: { note: mark },
          config: { versioning: "suspended" },
        },
        ...{ unread: [], hash: createHash("sha256").update(name).digest(), evaluatedWith: "test" },
        verdicts: { "aws.s3.bucket-versioning": "fail" },
      })
      .returning(),
  ).id;
  const now = new Date();
  const findingId = one(
    await db
      .insert(findings)
      .values({
        ...place,
        ...{ resourceId, checkId: "aws.s3.bucket-versioning", severity: "low", firstSeenAt: now },
        ...{ openedAt: now, reason: `Versioning is suspended, ${mark}.`, evidence: [] },
      })
      .returning(),
  ).id;
  return { resourceId, findingId };
}

const mapRoles = <T, R>(from: Record<Role, T>, pick: (each: T) => R): Record<Role, R> =>
  Object.fromEntries(roles.map((role) => [role, pick(from[role])])) as Record<Role, R>;

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("INSERT … RETURNING gave no row.");
  return row;
}
