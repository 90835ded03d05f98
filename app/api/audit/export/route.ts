import { z } from "zod";
import { filterOf, parseTrailSearch } from "#app/(dashboard)/audit/search-params.ts";
import { database } from "#db/client.ts";
import { answerExport } from "#lib/audit/export/answer-export.ts";
import { exportFormats } from "#lib/audit/export/formats.ts";
import { requireSameOrigin } from "#lib/auth/request-checks.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";
import { parseInput } from "#lib/mutation.ts";

const Asked = z.strictObject({
  format: z.enum(exportFormats),
  personal: z.boolean().default(false),
  /** The search, as the page's address has it. */
  query: z.string().max(20_000),
});

/** Everything that a search of the trail finds, as a file. That it was taken away is on the trail itself. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request);
    const scope = await requireScope();
    const { format, personal, query } = parseInput(Asked, await request.json().catch(() => null));
    const filter = filterOf(parseTrailSearch(new URLSearchParams(query)));
    return await answerExport(database().db, scope, { format, personal, filter });
  } catch (error) {
    return errorResponse(error);
  }
}
