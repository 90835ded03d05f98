import { database } from "#db/client.ts";
import { listAssignable } from "#db/triage/queries.ts";
import { answerRead } from "../../answer.ts";

/** Who a finding can be assigned to, and mentioned in its comments. */
export async function GET(): Promise<Response> {
  return answerRead(async (scope) => ({ people: await listAssignable(database().db, scope) }));
}
