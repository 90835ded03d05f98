import { filterOf, parseTrailSearch } from "#app/(dashboard)/audit/search-params.ts";
import { listEntries } from "#db/audit/entries.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../answer.ts";

const pageSize = 100;

/** A page of the entries that an address asks for; `after` is the cursor of the page before. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const filter = filterOf(parseTrailSearch(searchParams));
  const after = searchParams.get("after");
  return answerRead((scope) =>
    listEntries(database().db, scope, filter, { limit: pageSize, ...(after === null ? {} : { after }) }),
  );
}
