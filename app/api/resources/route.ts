import { filterOf, parseResourceSearch } from "#app/(dashboard)/resources/search-params.ts";
import { database } from "#db/client.ts";
import { listResources } from "#db/resources/list.ts";
import { answerRead } from "../answer.ts";

const pageSize = 200;

/** A page of the resources that an address asks for; `after` is the cursor of the page before. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const search = parseResourceSearch(searchParams);
  const after = searchParams.get("after") ?? undefined;
  return answerRead((scope) =>
    listResources(database().db, scope, filterOf(search), { sort: search.sort, limit: pageSize, after }),
  );
}
