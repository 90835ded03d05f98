import { readScanReport } from "#app/(dashboard)/scans/scan-report.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../../answer.ts";

type Context = { params: Promise<{ scanId: string }> };

/** One scan with its units and gaps, as it stands. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { scanId } = await context.params;
  return answerRead((scope) => readScanReport(database().db, scope, scanId));
}
