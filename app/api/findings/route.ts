import { readList } from "#app/(dashboard)/findings/read-findings.ts";
import { parseFindingQuery } from "#app/(dashboard)/findings/search-params.ts";
import { answerRead } from "../answer.ts";

/** A page of the findings that an address asks for; `after` is the cursor of the page before. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const limit = Math.min(200, Number(searchParams.get("limit")) || 200);
  return answerRead((scope) =>
    readList(scope, parseFindingQuery(searchParams), searchParams.get("after") ?? undefined, limit),
  );
}
