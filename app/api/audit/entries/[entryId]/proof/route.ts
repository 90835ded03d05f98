import { database } from "#db/client.ts";
import { takeProof } from "#lib/audit/proof/take-proof.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";

type Context = { params: Promise<{ entryId: string }> };

/** A file that proves one entry to whoever has it and the trail's public key. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { entryId } = await context.params;
  try {
    const proof = await takeProof(database().db, await requireScope(), entryId);
    return new Response(proof.bundle, {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="parapet-${proof.entryId}.ndjson"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return errorResponse(error);
  }
}
