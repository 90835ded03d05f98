import { database } from "#db/client.ts";
import { importFormats } from "#db/imports/schema.ts";
import { requireDirectScope } from "#lib/auth/direct-request.ts";
import { requireSameOrigin } from "#lib/auth/request-checks.ts";
import { DomainError } from "#lib/errors.ts";
import { errorResponse } from "#lib/http-error.ts";
import { receiveUpload } from "#lib/imports/receive-upload.ts";

/**
 * Takes in a report: the file itself is the body, as it is or gzip'd, with `fileName`, and if need be `format` and
 * `accountId`, in the query. It is written to the database as it comes and read by a worker.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const scope = await requireDirectScope(request);
    requireSameOrigin(request);
    if (!request.body) throw new DomainError("invalid_input", "Nothing was imported: no file came with it.");
    const query = new URL(request.url).searchParams;
    const format = query.get("format");
    const input = {
      fileName: query.get("fileName") ?? "",
      format: format === null ? null : importFormats.find((each) => each === format),
      accountId: query.get("accountId"),
    };
    if (input.format === undefined) {
      throw new DomainError(
        "invalid_input",
        `Nothing was imported: format is one of ${importFormats.join(", ")}.`,
      );
    }
    const received = await receiveUpload(database().db, scope, input, request.body);
    return Response.json(received, { status: 202, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return errorResponse(error);
  }
}
