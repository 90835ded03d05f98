import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { auditDeliveries, auditStreams } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { enqueue } from "../../../jobs/queue.ts";
import { defineMutation } from "../../../mutation.ts";
import { StreamFilter } from "../model.ts";
import { holdStream, sayTaken, streamFacts } from "./hold-stream.ts";
import { Id, Revision, StreamSettings } from "./inputs.ts";

export const ChangeStreamInput = StreamSettings.partial().extend({
  // A default would take the place of what was left out.
  filter: StreamFilter.optional(),
  streamId: Id,
  revision: Revision,
  /** False pauses it: it keeps its place, and sends what it missed once it goes on. */
  enabled: z.boolean().optional(),
});

/** Changes a stream, pauses it, or has it go on. What was left out stays as it is. */
export const changeStream = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.change", kind: "audit_stream", id: "streamId" },
  input: ChangeStreamInput,
  async run({ tx, scope, input: { streamId, revision, ...given } }) {
    const before = await holdStream(tx, scope, streamId, revision);
    const next = {
      name: given.name ?? before.name,
      url: given.url ?? before.url,
      filter: given.filter ?? before.filter,
      enabled: given.enabled ?? before.enabled,
    };
    await sayTaken(
      "webhook",
      tx
        .update(auditStreams)
        .set({ ...next, revision: revision + 1 })
        .where(eq(auditStreams.id, streamId)),
    );
    if (next.enabled && !before.enabled) await takeUp(tx, streamId);
    return {
      result: { streamId, revision: revision + 1 },
      audit: {
        action: "stream.change",
        object: { kind: "audit_stream", id: streamId },
        before: streamFacts(before),
        after: streamFacts(next),
      },
    };
  },
});

/** What waited while the stream was paused: its jobs have ended meanwhile. */
async function takeUp(tx: Transaction, streamId: string): Promise<void> {
  const waiting = await tx
    .select({ id: auditDeliveries.id })
    .from(auditDeliveries)
    .where(and(eq(auditDeliveries.streamId, streamId), eq(auditDeliveries.state, "queued")));
  await enqueue(
    tx,
    "audit-deliver",
    waiting.map(({ id }) => ({ data: { deliveryId: id }, group: streamId, key: id })),
  );
}
