import { database } from "#db/client.ts";
import { serveApi } from "#lib/api/serve.ts";
import { env } from "#lib/env.ts";

/** Every address below /api/v1: which operation it is, and who may ask for it, is told by lib/api. */
async function answer(request: Request): Promise<Response> {
  const { sandbox, apiRate } = env();
  return serveApi({ db: database().db, served: { sandbox }, rate: apiRate, onBug: reportBug }, request);
}

/** To where the server's own reports go; the caller is told nothing of it. */
function reportBug(error: unknown, operationId: string | null): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${operationId ?? "A request"} of the API failed: ${what}\n`);
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
