import { parseTrailSearch, rangeOf } from "#app/(dashboard)/audit/search-params.ts";
import { trailChoices } from "#app/(dashboard)/audit/trail-choices.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../answer.ts";

/** Who and what the trail of a stretch of time can be narrowed to. */
export async function GET(request: Request): Promise<Response> {
  const range = rangeOf(parseTrailSearch(new URL(request.url).searchParams));
  return answerRead(async (scope) => trailChoices(await auditStatistics(database().db, scope, range)));
}
