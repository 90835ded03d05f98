import { auditIntegrity } from "#db/audit/integrity.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../answer.ts";

/** How the trail stands: sealed, signed, anchored and verified how far, as of `now`. */
export async function GET(): Promise<Response> {
  return answerRead(async (scope) => ({
    ...(await auditIntegrity(database().db, scope)),
    now: new Date().toISOString(),
  }));
}
