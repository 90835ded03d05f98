import { readEntryView } from "#app/(dashboard)/audit/_panel/read-entry-view.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../../answer.ts";

type Context = { params: Promise<{ entryId: string }> };

/** One entry whole, with what of its personal data is still there. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { entryId } = await context.params;
  return answerRead((scope) => readEntryView(database().db, scope, entryId));
}
