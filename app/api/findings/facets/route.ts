import { readFacets } from "#app/(dashboard)/findings/read-findings.ts";
import { parseFindingQuery } from "#app/(dashboard)/findings/search-params.ts";
import { answerRead } from "../../answer.ts";

/** How many findings each further choice would leave. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return answerRead((scope) => readFacets(scope, parseFindingQuery(searchParams)));
}
