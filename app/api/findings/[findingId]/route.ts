import { buildPanelView } from "#app/(dashboard)/findings/_panel/panel-view.ts";
import { database } from "#db/client.ts";
import { getFinding } from "#db/findings/queries.ts";
import { answerRead } from "../../answer.ts";

type Context = { params: Promise<{ findingId: string }> };

/** What the panel of one finding shows. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { findingId } = await context.params;
  return answerRead(async (scope) => buildPanelView(await getFinding(database().db, scope, findingId)));
}
