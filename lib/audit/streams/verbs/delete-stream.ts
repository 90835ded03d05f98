import { eq } from "drizzle-orm";
import { z } from "zod";
import { auditStreams } from "#db/audit/schema.ts";
import { defineMutation } from "../../../mutation.ts";
import { holdStream, streamFacts } from "./hold-stream.ts";
import { Id } from "./inputs.ts";

export const DeleteStreamInput = z.strictObject({ streamId: Id });

/** Ends a stream, with its deliveries. */
export const deleteStream = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.delete", kind: "audit_stream", id: "streamId" },
  input: DeleteStreamInput,
  async run({ tx, scope, input: { streamId } }) {
    const before = await holdStream(tx, scope, streamId);
    await tx.delete(auditStreams).where(eq(auditStreams.id, streamId));
    return {
      result: { streamId },
      audit: {
        action: "stream.delete",
        object: { kind: "audit_stream", id: streamId },
        before: { ...streamFacts(before), position: before.position },
      },
    };
  },
});
