"use server";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { type ChangeStreamInput, changeStream } from "#lib/audit/streams/verbs/change-stream.ts";
import { type CreateStreamInput, createStream } from "#lib/audit/streams/verbs/create-stream.ts";
import { deleteStream } from "#lib/audit/streams/verbs/delete-stream.ts";
import {
  type Replay,
  type ReplayInput,
  replayDeliveries,
} from "#lib/audit/streams/verbs/replay-deliveries.ts";
import { rotateStreamSecret } from "#lib/audit/streams/verbs/rotate-stream-secret.ts";
import { type StreamTest, testStream } from "#lib/audit/streams/verbs/test-stream.ts";

async function revalidated<R>(result: Promise<R>): Promise<R> {
  const ended = await result;
  revalidatePath("/settings/audit/webhooks", "layout");
  return ended;
}

export async function createStreamAction(
  input: z.input<typeof CreateStreamInput>,
): Promise<ActionResult<{ streamId: string; secret: string }>> {
  return revalidated(runAction(createStream, input));
}

export async function changeStreamAction(
  input: z.input<typeof ChangeStreamInput>,
): Promise<ActionResult<{ streamId: string; revision: number }>> {
  return revalidated(runAction(changeStream, input));
}

export async function rotateStreamSecretAction(
  streamId: string,
  revision: number,
  endOldOne: boolean,
): Promise<ActionResult<{ streamId: string; revision: number; secret: string; oldUntil: string | null }>> {
  return revalidated(runAction(rotateStreamSecret, { streamId, revision, endOldOne }));
}

export async function deleteStreamAction(streamId: string): Promise<ActionResult<{ streamId: string }>> {
  return revalidated(runAction(deleteStream, { streamId }));
}

export async function replayAction(input: z.input<typeof ReplayInput>): Promise<ActionResult<Replay>> {
  return revalidated(runAction(replayDeliveries, input));
}

/** Sends a test to a receiver; what that made of it is the result. */
export async function testStreamAction(streamId: string): Promise<ActionResult<StreamTest>> {
  return runAct((db, scope) => testStream(db, scope, { streamId }));
}
