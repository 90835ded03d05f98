import { checkEntry } from "#app/(dashboard)/audit/_panel/check-entry.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../../../answer.ts";

type Context = { params: Promise<{ entryId: string }> };

/** Whether an entry is what was sealed, found out anew. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { entryId } = await context.params;
  return answerRead((scope) => checkEntry(database().db, scope, entryId));
}
