import { z } from "zod";
import { enqueue } from "#lib/jobs/queue.ts";
import { defineMutation } from "#lib/mutation.ts";
import { lockSource } from "./stored-source.ts";

export const RequestSyncInput = z.object({ sourceId: z.string().min(1).max(64) });

/** Has a worker look for a source's members now; `lastSync` of its query tells what it found. */
export const requestSync = defineMutation({
  permission: "accounts:manage",
  act: { action: "account_source.request_sync", kind: "account_source", id: "sourceId" },
  input: RequestSyncInput,
  async run({ tx, scope, input }) {
    const source = await lockSource(tx, scope, input.sourceId);
    await enqueue(tx, "source-sync", [{ data: { sourceId: source.id } }]);
    return {
      result: { sourceId: source.id, lastSyncAt: source.lastSync?.at ?? null },
      audit: {
        action: "account_source.request_sync",
        object: { kind: "account_source", id: source.id },
      },
    };
  },
});
