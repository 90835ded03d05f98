import { eq } from "drizzle-orm";
import { z } from "zod";
import { auditStreams } from "#db/audit/schema.ts";
import { newId } from "#db/columns.ts";
import { DomainError } from "../../../errors.ts";
import { defineMutation } from "../../../mutation.ts";
import { newSecret, sealStreamSecrets, secretText } from "../stream-secret.ts";
import { sayTaken, streamFacts } from "./hold-stream.ts";
import { StreamSettings } from "./inputs.ts";
import { sealedPosition } from "./sealed-position.ts";

const mostStreams = 50;

export const CreateStreamInput = StreamSettings.extend({
  /** Whether entries that are sealed already are sent as well. */
  from: z.enum(["now", "beginning"]).default("now"),
});

/** Has the trail streamed to a webhook. The secret that it signs with is in the answer, and nowhere after that. */
export const createStream = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.create", kind: "audit_stream" },
  input: CreateStreamInput,
  async run({ tx, scope, input: { name, url, filter, from } }) {
    scope.requireEveryAccount();
    const { organisationId, actor } = scope;
    const id = newId("str");
    const base64 = newSecret();
    const sealed = sealStreamSecrets({ organisationId, id }, [{ base64, until: null }]);
    const many = await tx.$count(auditStreams, eq(auditStreams.organisationId, organisationId));
    if (many >= mostStreams) {
      throw new DomainError("conflict", `Nothing was made: there are ${mostStreams} webhooks already.`);
    }
    const position = from === "beginning" ? 0 : await sealedPosition(tx);
    await sayTaken(
      "webhook",
      tx.insert(auditStreams).values({
        ...{ id, organisationId, name, url, filter, position, ...sealed },
        createdBy: actor.id,
      }),
    );
    return {
      result: { streamId: id, secret: secretText(base64) },
      audit: {
        action: "stream.create",
        object: { kind: "audit_stream", id },
        after: { ...streamFacts({ name, url, filter, enabled: true }), position },
      },
    };
  },
});
