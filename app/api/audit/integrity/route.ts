import { auditIntegrity } from "#db/audit/integrity.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../answer.ts";

/** How the trail stands: sealed, signed, anchored and verified how far. */
export async function GET(): Promise<Response> {
  return answerRead((scope) => auditIntegrity(database().db, scope));
}
