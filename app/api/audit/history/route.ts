import { z } from "zod";
import { historyKinds, listRelated } from "#db/audit/related.ts";
import { database } from "#db/client.ts";
import { parseInput } from "#lib/mutation.ts";
import { answerRead } from "../../answer.ts";

const about = z.object({ kind: z.enum(historyKinds), id: z.string().min(1).max(300) });

/** What the trail says of one thing and what belongs to it. */
export async function GET(request: Request): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answerRead((scope) => listRelated(database().db, scope, parseInput(about, query)));
}
