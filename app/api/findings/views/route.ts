import { database } from "#db/client.ts";
import { listViews } from "#db/triage/queries.ts";
import { answerRead } from "../../answer.ts";

/** The saved views of findings, one's own and those that others share. */
export async function GET(): Promise<Response> {
  return answerRead(async (scope) => ({ views: await listViews(database().db, scope, "findings") }));
}
