import { and, eq, gte, isNull, ne, sql } from "drizzle-orm";
import { auditDeliveries, auditStreams } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { appendAudit } from "../append.ts";
import { deliveryBody, readSentEntry } from "./delivery-body.ts";
import { deliveryTimeoutMs } from "./model.ts";
import { type Answer, sendToReceiver } from "./send.ts";
import { openStreamSecrets, signingSecrets } from "./stream-secret.ts";

export type DeliveryOptions = {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** For tests: this machine may be reached, and without TLS. */
  allowLoopback?: boolean;
};

/** A delivery that did not go through, and is tried again. Its message is kept with the delivery. */
export class DeliveryFailed extends Error {
  override readonly name = "DeliveryFailed";
  constructor(message: string) {
    super(message);
    // It is no bug of ours, and a log is read more easily without where it was thrown.
    this.stack = `${this.name}: ${message}`;
  }
}

type Delivery = typeof auditDeliveries.$inferSelect;
type Stream = typeof auditStreams.$inferSelect;

/**
 * Sends one entry to its receiver. Throws `DeliveryFailed` for what is worth another attempt, which the queue makes with
 * back-off for a day. What has been delivered meanwhile, and what a paused stream holds back, ends at once.
 */
export async function performDelivery(
  db: Database,
  deliveryId: string,
  options: DeliveryOptions = {},
): Promise<void> {
  const [row] = await db
    .select({ delivery: auditDeliveries, stream: auditStreams })
    .from(auditDeliveries)
    .innerJoin(auditStreams, eq(auditStreams.id, auditDeliveries.streamId))
    .where(
      and(
        eq(auditDeliveries.id, deliveryId),
        eq(auditDeliveries.state, "queued"),
        eq(auditStreams.enabled, true),
      ),
    );
  if (!row) return;
  const { delivery, stream } = row;
  const entry = await readSentEntry(db, { ...delivery, organisationId: stream.organisationId });
  if (!entry) {
    const error = "The entry has left the database; its archive holds it.";
    return bury(db, stream, delivery, { status: null, error });
  }
  const answer = await attempt(stream, delivery, deliveryBody(stream.id, delivery.position, entry), options);
  options.signal?.throwIfAborted();
  if (answer.outcome === "delivered") return settle(db, stream, delivery, answer);
  if (answer.outcome === "refused") return bury(db, stream, delivery, answer, 1);
  if (answer.outcome === "gone") {
    await stop(db, stream, delivery, answer);
    return;
  }
  await noteFailure(db, delivery, answer);
  throw new DeliveryFailed(answer.error);
}

async function attempt(
  stream: Stream,
  delivery: Delivery,
  body: string,
  options: DeliveryOptions,
): Promise<Answer> {
  let secrets: string[];
  try {
    secrets = signingSecrets(openStreamSecrets(stream), new Date());
  } catch (error) {
    // The key may be back within the day.
    if (error instanceof DomainError) return { outcome: "failed", status: null, error: error.message };
    throw error;
  }
  return sendToReceiver({
    url: stream.url,
    // The same at each attempt and at a replay, so that a receiver can tell what it has already.
    id: delivery.entryId,
    body,
    secrets,
    timeoutMs: options.timeoutMs ?? deliveryTimeoutMs,
    signal: options.signal ?? new AbortController().signal,
    allowLoopback: options.allowLoopback ?? false,
  });
}

const still = (delivery: Delivery) =>
  and(eq(auditDeliveries.id, delivery.id), eq(auditDeliveries.state, "queued"));

async function settle(db: Database, stream: Stream, delivery: Delivery, answer: Answer): Promise<void> {
  await db
    .update(auditDeliveries)
    .set({
      ...{ state: "delivered", status: answer.status, error: null, endedAt: new Date() },
      attempts: sql`${auditDeliveries.attempts} + 1`,
    })
    .where(still(delivery));
  // Asked of the row as it was read, so that what goes well costs one write.
  if (stream.failingSince === null) return;
  await db.update(auditStreams).set({ failingSince: null }).where(eq(auditStreams.id, stream.id));
}

async function noteFailure(db: Database, delivery: Delivery, answer: Answer & { error: string }) {
  await db
    .update(auditDeliveries)
    .set({ status: answer.status, error: answer.error, attempts: sql`${auditDeliveries.attempts} + 1` })
    .where(still(delivery));
  await db
    .update(auditStreams)
    .set({ failingSince: new Date() })
    .where(and(eq(auditStreams.id, delivery.streamId), isNull(auditStreams.failingSince)));
}

/** Every attempt failed, or another would end the same way: it stays for somebody to replay. */
async function bury(
  db: Database,
  stream: Pick<Stream, "id" | "organisationId">,
  delivery: Delivery,
  { status, error }: { status: number | null; error: string },
  attempts = 0,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [held] = await tx
      .select({ failingSince: auditStreams.failingSince })
      .from(auditStreams)
      .where(eq(auditStreams.id, stream.id))
      .for("update");
    const ended = await tx
      .update(auditDeliveries)
      .set({
        ...{ state: "dead", status, error, endedAt: new Date() },
        attempts: sql`${auditDeliveries.attempts} + ${attempts}`,
      })
      .where(still(delivery))
      .returning({ attempts: auditDeliveries.attempts });
    const [buried] = ended;
    if (!held || !buried) return;
    const failingSince = held.failingSince ?? new Date();
    if (!held.failingSince) {
      await tx.update(auditStreams).set({ failingSince }).where(eq(auditStreams.id, stream.id));
    }
    // Once for each time that a receiver fails, however many deliveries that concerns.
    const dead = await tx.$count(
      auditDeliveries,
      and(
        eq(auditDeliveries.streamId, stream.id),
        eq(auditDeliveries.state, "dead"),
        gte(auditDeliveries.endedAt, failingSince),
        ne(auditDeliveries.id, delivery.id),
      ),
    );
    if (dead > 0) return;
    await appendAudit(tx, Scope.ofSystem(stream.organisationId, "streams"), {
      action: "stream.fail",
      object: { kind: "audit_stream", id: stream.id },
      result: "failed",
      after: { entry: delivery.entryId, attempts: buried.attempts, status, error },
    });
  });
}

/** The receiver says that it is no more (410): the stream is paused, and keeps its place. */
async function stop(
  db: Database,
  stream: Stream,
  delivery: Delivery,
  answer: Answer & { error: string },
): Promise<void> {
  await noteFailure(db, delivery, answer);
  await db.transaction(async (tx) => {
    const paused = await tx
      .update(auditStreams)
      .set({ enabled: false, revision: sql`${auditStreams.revision} + 1` })
      .where(and(eq(auditStreams.id, stream.id), eq(auditStreams.enabled, true)))
      .returning({ id: auditStreams.id });
    if (paused.length === 0) return;
    await appendAudit(tx, Scope.ofSystem(stream.organisationId, "streams"), {
      action: "stream.pause",
      object: { kind: "audit_stream", id: stream.id },
      result: "failed",
      after: { enabled: false, status: answer.status, error: answer.error },
    });
  });
}

/** Every attempt of the queue's failed: what the last one was told stays with it. */
export async function giveUpDelivery(db: Database, deliveryId: string): Promise<void> {
  const [row] = await db
    .select({ delivery: auditDeliveries, stream: auditStreams })
    .from(auditDeliveries)
    .innerJoin(auditStreams, eq(auditStreams.id, auditDeliveries.streamId))
    .where(and(eq(auditDeliveries.id, deliveryId), eq(auditDeliveries.state, "queued")));
  if (!row) return;
  const { status, error } = row.delivery;
  await bury(db, row.stream, row.delivery, {
    status,
    error: error ?? "Every attempt failed; the worker's log says why.",
  });
}
