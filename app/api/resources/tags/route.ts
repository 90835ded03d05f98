import { filterOf, parseResourceSearch } from "#app/(dashboard)/resources/search-params.ts";
import { database } from "#db/client.ts";
import { listTagKeys, listTagValues } from "#db/resources/facets.ts";
import { answerRead } from "../../answer.ts";

/** The keys of the tags of the resources that an address asks for; with `key`, the values that it has on them. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const filter = filterOf(parseResourceSearch(searchParams));
  const key = searchParams.get("key");
  const { db } = database();
  return answerRead((scope) =>
    key === null ? listTagKeys(db, scope, filter) : listTagValues(db, scope, filter, key),
  );
}
