import { eq } from "drizzle-orm";
import { z } from "zod";
import { auditStreams } from "#db/audit/schema.ts";
import { defineMutation } from "../../../mutation.ts";
import { oldSecretHours } from "../model.ts";
import { newSecret, openStreamSecrets, sealStreamSecrets, secretText } from "../stream-secret.ts";
import { holdStream } from "./hold-stream.ts";
import { Id, Revision } from "./inputs.ts";

export const RotateStreamSecretInput = z.strictObject({
  streamId: Id,
  revision: Revision,
  /** The old one signs beside the new one for a day, unless it is known to others. */
  endOldOne: z.boolean().default(false),
});

/** Gives a stream another secret, which is in the answer and nowhere after that. */
export const rotateStreamSecret = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.rotate", kind: "audit_stream", id: "streamId" },
  input: RotateStreamSecretInput,
  async run({ tx, scope, input: { streamId, revision, endOldOne } }) {
    const stream = await holdStream(tx, scope, streamId, revision);
    const base64 = newSecret();
    const until = new Date(Date.now() + oldSecretHours * 3_600_000).toISOString();
    const [old] = endOldOne ? [] : openStreamSecrets(stream);
    const secrets = [{ base64, until: null }, ...(old ? [{ base64: old.base64, until }] : [])];
    await tx
      .update(auditStreams)
      .set({ ...sealStreamSecrets(stream, secrets), revision: revision + 1 })
      .where(eq(auditStreams.id, streamId));
    return {
      result: { streamId, revision: revision + 1, secret: secretText(base64), oldUntil: old ? until : null },
      audit: {
        action: "stream.rotate",
        object: { kind: "audit_stream", id: streamId },
        after: { oldSecretUntil: old ? until : null },
      },
    };
  },
});
