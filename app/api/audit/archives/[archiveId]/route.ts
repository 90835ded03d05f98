import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { database } from "#db/client.ts";
import { takeArchive } from "#lib/audit/archive/take-archive.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";

type Context = { params: Promise<{ archiveId: string }> };

/** An archive as it stands on the disk, to be kept; that it was taken away is an entry of the trail. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { archiveId } = await context.params;
  try {
    const scope = await requireScope();
    const { file, path, size } = await takeArchive(database().db, scope, { archiveId });
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: {
        "content-type": "application/gzip",
        "content-length": String(size),
        "content-disposition": `attachment; filename="${file}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return errorResponse(error);
  }
}
