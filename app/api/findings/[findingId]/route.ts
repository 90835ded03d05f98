import { readPanel } from "#app/(dashboard)/findings/_panel/read-panel.ts";
import { answerRead } from "../../answer.ts";

type Context = { params: Promise<{ findingId: string }> };

/** What the panel of one finding shows. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { findingId } = await context.params;
  return answerRead((scope) => readPanel(scope, findingId));
}
