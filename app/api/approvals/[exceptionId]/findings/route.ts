import { readCheckTitles } from "#app/(dashboard)/findings/labels.ts";
import { database } from "#db/client.ts";
import { readFindingRows } from "#db/findings/queries.ts";
import { listApprovalFindings } from "#db/triage/approval-queries.ts";
import { answerRead } from "../../../answer.ts";

/** As many as are unfolded under a request. */
const most = 50;

/** The gravest findings that a request is about, as they stand now. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ exceptionId: string }> },
): Promise<Response> {
  const { exceptionId } = await params;
  return answerRead(async (scope) => {
    const { db } = database();
    const ids = await listApprovalFindings(db, scope, exceptionId, most);
    const rows = await readFindingRows(db, scope, ids);
    const titles = await readCheckTitles(
      db,
      scope,
      rows.map(({ checkId }) => checkId),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      rows: ids.flatMap((id) => byId.get(id) ?? []).map((row) => ({ ...row, title: titles(row.checkId) })),
    };
  });
}
