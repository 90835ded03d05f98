import { database } from "#db/client.ts";
import { getChange } from "#db/triage/queries.ts";
import { answerRead } from "../../../answer.ts";

type Context = { params: Promise<{ changeId: string }> };

/** How far a change of many findings has come. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { changeId } = await context.params;
  return answerRead((scope) => getChange(database().db, scope, changeId));
}
