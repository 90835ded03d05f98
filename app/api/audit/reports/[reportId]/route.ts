import { getReport } from "#db/audit/reports.ts";
import { database } from "#db/client.ts";
import { fileNameOf } from "#lib/audit/reports/file-name.ts";
import { takeReport } from "#lib/audit/reports/take-report.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";

/** A report's page, to be shown in a frame; with `download`, as a file. proxy.ts says what it may do: nothing. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ reportId: string }> },
): Promise<Response> {
  try {
    const { reportId } = await params;
    const isFile = new URL(request.url).searchParams.has("download");
    const read = isFile ? takeReport : getReport;
    const report = await read(database().db, await requireScope(), reportId);
    const name = fileNameOf({ ...report, from: new Date(report.from), to: new Date(report.to) });
    return new Response(report.html, {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-disposition": isFile ? `attachment; filename="${name}"` : "inline",
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return errorResponse(error);
  }
}
