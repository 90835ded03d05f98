import { and, asc, eq, inArray, ne, type SQL } from "drizzle-orm";
import { z } from "zod";
import { auditDeliveries, auditStreams } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { DomainError } from "../../../errors.ts";
import { enqueue } from "../../../jobs/queue.ts";
import { defineMutation } from "../../../mutation.ts";
import { holdStream } from "./hold-stream.ts";
import { Id } from "./inputs.ts";
import { sealedPosition } from "./sealed-position.ts";

/** Dead deliveries that are queued anew by one request. */
const mostAtOnce = 10_000;

export const ReplayInput = z.discriminatedUnion("which", [
  /** One that has ended, whether it was delivered or not. */
  z.strictObject({ which: z.literal("one"), streamId: Id, deliveryId: Id }),
  z.strictObject({ which: z.literal("dead"), streamId: Id }),
  /** Everything from a position of the trail on, whether it was delivered before or not. */
  z.strictObject({ which: z.literal("from"), streamId: Id, position: z.int().min(0) }),
]);

/** `queued` and `left` are null where it's the fan-out that finds what there is from `position` on. */
export type Replay = { queued: number | null; left: number | null; position: number | null };

/** Sends again: one delivery, all that were given up, or everything from a position on. A receiver knows repetitions by their ids. */
export const replayDeliveries = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.replay", kind: "audit_stream", id: "streamId" },
  input: ReplayInput,
  async run({ tx, scope, input }) {
    const stream = await holdStream(tx, scope, input.streamId);
    if (!stream.enabled) {
      throw new DomainError(
        "conflict",
        "Nothing was sent again: the webhook is paused. Have it go on first.",
      );
    }
    const object = { kind: "audit_stream", id: stream.id };
    if (input.which === "from") {
      const position = Math.min(input.position, await sealedPosition(tx));
      await tx.update(auditStreams).set({ position }).where(eq(auditStreams.id, stream.id));
      const [before, after] = [{ position: stream.position }, { position }];
      return {
        result: replay({ queued: null, left: null, position }),
        audit: { action: "stream.replay", object, before, after },
      };
    }
    const own = eq(auditDeliveries.streamId, stream.id);
    const wanted =
      input.which === "one"
        ? and(own, eq(auditDeliveries.id, input.deliveryId), ne(auditDeliveries.state, "queued"))
        : and(own, eq(auditDeliveries.state, "dead"));
    const ids = await queueAnew(tx, wanted);
    if (input.which === "one" && ids.length === 0) {
      throw new DomainError("not_found", "There is no such delivery that has ended.");
    }
    await enqueue(
      tx,
      "audit-deliver",
      ids.map((id) => ({ data: { deliveryId: id }, group: stream.id, key: id })),
    );
    const left =
      input.which === "dead" && ids.length === mostAtOnce ? await tx.$count(auditDeliveries, wanted) : 0;
    const after = { which: input.which, queued: ids.length };
    return {
      result: replay({ queued: ids.length, left, position: null }),
      audit: { action: "stream.replay", object, after },
    };
  },
});

const replay = (given: Replay): Replay => given;

/** Oldest first. */
async function queueAnew(tx: Transaction, wanted: SQL | undefined): Promise<string[]> {
  const chosen = tx
    .select({ id: auditDeliveries.id })
    .from(auditDeliveries)
    .where(wanted)
    .orderBy(asc(auditDeliveries.position))
    .limit(mostAtOnce);
  const queued = await tx
    .update(auditDeliveries)
    .set({ state: "queued", attempts: 0, status: null, error: null, endedAt: null })
    .where(inArray(auditDeliveries.id, chosen))
    .returning({ id: auditDeliveries.id, position: auditDeliveries.position });
  return queued.sort((a, b) => a.position - b.position).map(({ id }) => id);
}
