import { z } from "zod";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../../../auth/scope.ts";
import { defineMutation } from "../../../mutation.ts";
import { testBody } from "../delivery-body.ts";
import { deliveryTimeoutMs } from "../model.ts";
import { sendToReceiver } from "../send.ts";
import { openStreamSecrets, signingSecrets } from "../stream-secret.ts";
import { holdStream } from "./hold-stream.ts";
import { Id } from "./inputs.ts";

export const TestStreamInput = z.strictObject({ streamId: Id });

/** Notes that somebody tries a stream out, and opens what it takes to. */
export const startStreamTest = defineMutation({
  permission: "audit:manage",
  act: { action: "stream.test", kind: "audit_stream", id: "streamId" },
  input: TestStreamInput,
  async run({ tx, scope, input: { streamId } }) {
    const stream = await holdStream(tx, scope, streamId);
    const secrets = signingSecrets(openStreamSecrets(stream), new Date());
    return {
      result: { id: stream.id, url: stream.url, secrets },
      audit: { action: "stream.test", object: { kind: "audit_stream", id: streamId } },
    };
  },
});

export type StreamTest = {
  delivered: boolean;
  /** HTTP status, where there was an answer. */
  status: number | null;
  error: string | null;
};

/** Sends a test to the stream's receiver, at once. What the receiver makes of it is a result. */
export async function testStream(
  db: Database,
  scope: Scope,
  input: z.input<typeof TestStreamInput>,
  { timeoutMs = deliveryTimeoutMs, allowLoopback = false } = {},
): Promise<StreamTest> {
  const { id, url, secrets } = await startStreamTest(db, scope, input);
  const answer = await sendToReceiver({
    ...{ url, secrets, timeoutMs, allowLoopback, id: newId("tst"), body: testBody(id, new Date()) },
    signal: new AbortController().signal,
  });
  const error = answer.outcome === "delivered" ? null : answer.error;
  return { delivered: error === null, status: answer.status, error };
}
