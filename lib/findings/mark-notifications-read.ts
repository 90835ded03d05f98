import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { notifications } from "#db/triage/schema.ts";
import { defineMutation } from "../mutation.ts";

export const MarkNotificationsReadInput = z.union([
  z.strictObject({
    ids: z
      .array(z.string().regex(/^\w{1,80}$/))
      .min(1)
      .max(200),
  }),
  z.strictObject({ all: z.literal(true) }),
]);

/** Marks one's own notifications as read; ids of others' are passed over. */
export const markNotificationsRead = defineMutation({
  permission: "findings:read",
  act: { action: "notification.read", kind: "user", id: ({ actor }) => actor.id },
  input: MarkNotificationsReadInput,
  async run({ tx, scope, input }) {
    const read = await tx
      .update(notifications)
      .set({ readAt: sql`now()` })
      .where(
        and(
          eq(notifications.organisationId, scope.organisationId),
          eq(notifications.userId, scope.actor.id),
          isNull(notifications.readAt),
          "ids" in input ? inArray(notifications.id, input.ids) : undefined,
        ),
      )
      .returning({ id: notifications.id });
    return {
      result: { read: read.length },
      audit: {
        action: "notification.read",
        object: { kind: "user", id: scope.actor.id },
        after: { read: read.length },
      },
    };
  },
});
