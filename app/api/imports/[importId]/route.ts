import { database } from "#db/client.ts";
import { getImport } from "#db/imports/queries.ts";
import { answerRead } from "../../answer.ts";

type Context = { params: Promise<{ importId: string }> };

/** One import, as far as it has come. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { importId } = await context.params;
  return answerRead((scope) => getImport(database().db, scope, importId));
}
