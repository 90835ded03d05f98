import type { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { exportFileName, exportMediaType, readExport } from "./read-export.ts";
import { type StartExportInput, startExport } from "./start-export.ts";

/** Starts an export and answers it as a file that is sent while it is read. */
export async function answerExport(
  db: Database,
  scope: Scope,
  input: z.input<typeof StartExportInput>,
): Promise<Response> {
  const made = await startExport(db, scope, input);
  return new Response(streamOf(readExport(db, scope, made)), {
    headers: {
      "content-type": exportMediaType(made),
      "content-disposition": `attachment; filename="${exportFileName(made)}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Text as a stream of bytes, read no faster than it is taken. */
function streamOf(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return();
    },
  });
}
