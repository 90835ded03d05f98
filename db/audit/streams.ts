import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import { readFilter } from "#lib/audit/streams/model.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { auditBatches, auditDeliveries, auditEntries, auditStreams, type DeliveryState } from "./schema.ts";
import type { DeliveryPage, StreamView } from "./stream-model.ts";
import { requireTrail } from "./where.ts";

/** The organisation's webhooks, by name. */
export async function listStreams(db: Store, scope: Scope): Promise<StreamView[]> {
  return readStreams(db, scope);
}

/** One webhook. Throws a DomainError (`not_found`). */
export async function getStream(db: Store, scope: Scope, streamId: string): Promise<StreamView> {
  const [stream] = await readStreams(db, scope, streamId);
  if (!stream) throw new DomainError("not_found", "There is no such webhook.");
  return stream;
}

const countOf = (state: DeliveryState) =>
  sql<number>`(select count(*)::int from audit_deliveries d where d.stream_id = ${auditStreams.id} and d.state = ${state})`;

async function readStreams(db: Store, scope: Scope, streamId?: string): Promise<StreamView[]> {
  requireTrail(scope);
  const rows = await db
    .select({
      stream: auditStreams,
      createdBy: { id: users.id, name: users.name },
      ...{ queued: countOf("queued"), delivered: countOf("delivered"), dead: countOf("dead") },
      lastDeliveredAt: sql<string | null>`(select max(d.ended_at) from audit_deliveries d
        where d.stream_id = ${auditStreams.id} and d.state = 'delivered')`,
    })
    .from(auditStreams)
    .leftJoin(users, eq(users.id, auditStreams.createdBy))
    .where(
      and(
        eq(auditStreams.organisationId, scope.organisationId),
        streamId === undefined ? undefined : eq(auditStreams.id, streamId),
      ),
    )
    .orderBy(asc(sql`lower(${auditStreams.name})`), asc(auditStreams.id));
  const [last] = await db
    .select({ first: auditBatches.first, size: auditBatches.size })
    .from(auditBatches)
    .orderBy(desc(auditBatches.n))
    .limit(1);
  const sealed = last ? last.first + last.size : 0;
  const manages = scope.can("audit:manage");
  return rows.map(({ stream, createdBy, queued, delivered, dead, lastDeliveredAt }) => ({
    ...{ id: stream.id, name: stream.name, enabled: stream.enabled, revision: stream.revision },
    url: manages ? stream.url : withoutPath(stream.url),
    filter: readFilter(stream.filter),
    createdBy: createdBy ?? { id: stream.createdBy, name: stream.createdBy },
    createdAt: stream.createdAt.toISOString(),
    failingSince: stream.failingSince?.toISOString() ?? null,
    position: stream.position,
    sealed,
    counts: { queued, delivered, dead },
    lastDeliveredAt: lastDeliveredAt === null ? null : new Date(lastDeliveredAt).toISOString(),
  }));
}

const withoutPath = (url: string): string => `${new URL(url).origin}/…`;

/** A stream's deliveries, the newest entries first. Throws a DomainError (`not_found`). */
export async function listDeliveries(
  db: Store,
  scope: Scope,
  streamId: string,
  page: { state?: DeliveryState; limit?: number; after?: string } = {},
): Promise<DeliveryPage> {
  requireTrail(scope);
  const limit = page.limit ?? 50;
  const [stream] = await db
    .select({ id: auditStreams.id })
    .from(auditStreams)
    .where(and(eq(auditStreams.id, streamId), eq(auditStreams.organisationId, scope.organisationId)));
  if (!stream) throw new DomainError("not_found", "There is no such webhook.");
  const rows = await db
    .select({
      delivery: auditDeliveries,
      ...{ action: auditEntries.action, kind: auditEntries.objectKind, objectId: auditEntries.objectId },
    })
    .from(auditDeliveries)
    .leftJoin(
      auditEntries,
      and(
        eq(auditEntries.entryId, auditDeliveries.entryId),
        eq(auditEntries.at, auditDeliveries.entryAt),
        eq(auditEntries.organisationId, scope.organisationId),
      ),
    )
    .where(
      and(
        eq(auditDeliveries.streamId, streamId),
        page.state === undefined ? undefined : eq(auditDeliveries.state, page.state),
        page.after === undefined ? undefined : lt(auditDeliveries.position, positionOf(page.after)),
      ),
    )
    .orderBy(desc(auditDeliveries.position))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    deliveries: shown.map(({ delivery, action, kind, objectId }) => ({
      ...{ id: delivery.id, entryId: delivery.entryId, action, position: delivery.position },
      object: kind === null || objectId === null ? null : { kind, id: objectId },
      ...{ state: delivery.state, attempts: delivery.attempts, status: delivery.status },
      error: delivery.error,
      entryAt: delivery.entryAt.toISOString(),
      createdAt: delivery.createdAt.toISOString(),
      endedAt: delivery.endedAt?.toISOString() ?? null,
    })),
    next: last ? String(last.delivery.position) : null,
  };
}

function positionOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new DomainError("invalid_input", "This is no place in the list.");
  return Number(cursor);
}
