import { readGroups } from "#app/(dashboard)/findings/read-findings.ts";
import { parseFindingQuery } from "#app/(dashboard)/findings/search-params.ts";
import { answerRead } from "../../answer.ts";

/** A page of groups of the findings that an address asks for. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return answerRead((scope) =>
    readGroups(scope, parseFindingQuery(searchParams), searchParams.get("after") ?? undefined),
  );
}
