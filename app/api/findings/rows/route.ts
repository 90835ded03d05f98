import { withFixes } from "#app/(dashboard)/findings/with-fixes.ts";
import { database } from "#db/client.ts";
import { readFindingRows } from "#db/findings/queries.ts";
import { answerRead } from "../../answer.ts";

const most = 200;

/** Rows by their ids, as they stand now; what can't be seen any more is left out. */
export async function GET(request: Request): Promise<Response> {
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",").filter(Boolean).slice(0, most);
  return answerRead(async (scope) => ({
    rows: await withFixes(scope, await readFindingRows(database().db, scope, ids)),
  }));
}
