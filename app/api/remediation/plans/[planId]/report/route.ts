import { z } from "zod";
import { readReport } from "#app/(dashboard)/remediation/read-report.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../../../answer.ts";

type Context = { params: Promise<{ planId: string }> };

const known = z.object({
  /** Of the document that the reader has. */
  hash: z.string().max(64).optional().catch(undefined),
  after: z.coerce.number().int().min(0).catch(0),
});

/** What a plan's page shows, without what the reader has already. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { planId } = await context.params;
  const query = known.parse(Object.fromEntries(new URL(request.url).searchParams));
  return answerRead((scope) => readReport(database().db, scope, planId, query));
}
