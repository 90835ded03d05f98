import { database } from "#db/client.ts";
import { listRunningChanges } from "#db/triage/queries.ts";
import { answerRead } from "../../answer.ts";

/** Changes of many findings that are under way. */
export async function GET(): Promise<Response> {
  return answerRead(async (scope) => ({ changes: await listRunningChanges(database().db, scope) }));
}
