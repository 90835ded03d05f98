import { database } from "#db/client.ts";
import { getPlan } from "#db/remediation/queries.ts";
import { answerRead } from "../../../answer.ts";

type Context = { params: Promise<{ planId: string }> };

/** One plan whole, as it stands. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { planId } = await context.params;
  return answerRead((scope) => getPlan(database().db, scope, planId));
}
