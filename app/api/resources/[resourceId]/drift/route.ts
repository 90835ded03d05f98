import { viewDrift } from "#app/(dashboard)/resources/[resourceId]/drift.ts";
import { database } from "#db/client.ts";
import { readSnapshots } from "#db/resources/detail.ts";
import { DomainError } from "#lib/errors.ts";
import { answerRead } from "../../../answer.ts";

type Context = { params: Promise<{ resourceId: string }> };

/** What differs between two states of a resource: `from` and `to` are ids of versions, or 0 for the present. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { resourceId } = await context.params;
  const { searchParams } = new URL(request.url);
  const [from, to] = [Number(searchParams.get("from")), Number(searchParams.get("to"))];
  return answerRead(async (scope) => {
    const ids = [from, to].filter((id) => Number.isSafeInteger(id) && id > 0);
    const snapshots = await readSnapshots(database().db, scope, resourceId, ids);
    const find = (id: number) => snapshots.find(({ version }) => (version?.id ?? 0) === id);
    const [before, after] = [find(from), find(to)];
    if (!before || !after)
      throw new DomainError("not_found", "That state of the resource is no longer kept.");
    return viewDrift(before, after);
  });
}
