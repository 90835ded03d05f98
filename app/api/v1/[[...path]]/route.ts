import { database } from "#db/client.ts";
import { serveApi } from "#lib/api/serve.ts";
import { env } from "#lib/env.ts";
import { stackOf } from "#lib/stack-of.ts";

/** Every address below /api/v1: which operation it is, and who may ask for it, is told by lib/api. */
async function answer(request: Request): Promise<Response> {
  const { sandbox, apiRate } = env();
  return serveApi({ db: database().db, served: { sandbox }, rate: apiRate, onBug: reportBug }, request);
}

/** To where the server's own reports go; the caller is told nothing of it. */
function reportBug(error: unknown, operationId: string | null): void {
  process.stderr.write(`${operationId ?? "A request"} of the API failed: ${stackOf(error)}\n`);
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
