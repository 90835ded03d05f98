import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Database, Transaction } from "../client.ts";
import { isOpen, visibleResources } from "./conditions.ts";
import { isoMoment } from "./list.ts";
import type { ResourceDetail, ResourceFinding, Snapshot, VersionEntry } from "./model.ts";

type Store = Database | Transaction;

/** Versions of a resource that are kept. */
export const versionsKept = 50;
const findingsShown = 200;

type Head = Omit<ResourceDetail, "account" | "coverage" | "findings" | "versions" | "verdicts"> & {
  verdicts: NonNullable<ResourceDetail["verdicts"]>;
  account: ResourceDetail["account"];
  coverage: ResourceDetail["coverage"];
};

/** One resource with all that its page shows. Throws `not_found`, also for another organisation's. */
export async function getResource(db: Store, scope: Scope, resourceId: string): Promise<ResourceDetail> {
  scope.require("resources:read");
  const [head] = await db.execute<Head>(sql`
    select r.id, r.kind, r.service, r.region, r.name, r.uid, r.owner, r.tags, r.config, r.unread, r.verdicts,
      ${isoMoment(sql`r.first_seen_at`)} as "firstSeenAt", ${isoMoment(sql`r.changed_at`)} as "changedAt",
      ${isoMoment(sql`r.deleted_at`)} as "deletedAt",
      jsonb_build_object('id', a.id, 'name', a.name, 'cloud', a.cloud, 'externalId', a.external_id,
        'disabledAt', ${isoMoment(sql`a.disabled_at`)}) as account,
      case when c.kind is not null then jsonb_build_object('triedAt', ${isoMoment(sql`c.tried_at`)},
        'complete', c.complete, 'readAt', ${isoMoment(sql`c.clean_at`)}) end as coverage
    from resources r join accounts a on a.id = r.account_id
    left join coverage c on c.account_id = r.account_id and c.service = r.service and c.region = r.unit_region
      and c.kind = r.kind
    where r.id = ${resourceId} and ${visibleResources(scope)}
  `);
  if (!head) throw new DomainError("not_found", "There is no resource with this id.");
  const seesFindings = scope.can("findings:read");
  const [findings, versions] = await Promise.all([
    seesFindings ? readFindings(db, head.id) : null,
    readVersions(db, head.id),
  ]);
  return { ...head, verdicts: seesFindings ? head.verdicts : null, findings, versions };
}

async function readFindings(db: Store, resourceId: string): Promise<ResourceFinding[]> {
  const rows = await db.execute<ResourceFinding>(sql`
    select f.id, f.check_id as "checkId", f.severity, f.state, f.source, left(f.reason, 500) as reason,
      ${isoMoment(sql`f.opened_at`)} as "openedAt", ${isoMoment(sql`f.resolved_at`)} as "resolvedAt",
      ${isoMoment(sql`f.unverified_since`)} as "unverifiedSince"
    from findings f where f.resource_id = ${resourceId}
    order by (${isOpen("f")}) desc, f.status, f.severity desc, f.opened_at desc, f.id limit ${findingsShown}
  `);
  return [...rows];
}

async function readVersions(db: Store, resourceId: string): Promise<VersionEntry[]> {
  const rows = await db.execute<VersionEntry>(sql`
    select v.id::int as id, v.scan_id as "scanId", ${isoMoment(sql`v.replaced_at`)} as "replacedAt",
      ${isoMoment(sql`v.deleted_at`)} as "deletedAt"
    from resource_versions v where v.resource_id = ${resourceId} order by v.id desc limit ${versionsKept}
  `);
  return [...rows];
}

export type StoredSnapshot = Snapshot & {
  /** Null for what it is at present, or was when it went. */
  version: VersionEntry | null;
};

/**
 * What a resource was and is, newest first: its present contents and then its versions, all or those named. Throws
 * `not_found` as getResource does.
 */
export async function readSnapshots(
  db: Store,
  scope: Scope,
  resourceId: string,
  versionIds?: readonly number[],
): Promise<StoredSnapshot[]> {
  scope.require("resources:read");
  const contents: SQL = sql`region, name, tags, config, unread`;
  const [present] = await db.execute<Snapshot>(
    sql`select ${contents} from resources r where r.id = ${resourceId} and ${visibleResources(scope)}`,
  );
  if (!present) throw new DomainError("not_found", "There is no resource with this id.");
  const wanted = versionIds
    ? sql`and v.id in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(versionIds)}::jsonb))`
    : sql``;
  const rows = await db.execute<Snapshot & VersionEntry>(sql`
    select v.id::int as id, v.scan_id as "scanId", ${isoMoment(sql`v.replaced_at`)} as "replacedAt",
      ${isoMoment(sql`v.deleted_at`)} as "deletedAt", ${contents}
    from resource_versions v where v.resource_id = ${resourceId} ${wanted} order by v.id desc limit ${versionsKept}
  `);
  return [
    { ...present, version: null },
    ...rows.map(({ id, scanId, replacedAt, deletedAt, ...contents }) => ({
      ...contents,
      version: { id, scanId, replacedAt, deletedAt },
    })),
  ];
}
