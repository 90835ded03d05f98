import { readProposal } from "#app/(dashboard)/_propose/read-proposal.ts";
import { answerRead } from "../../answer.ts";

const most = 200;

/** What can be proposed to fix findings, by their ids. */
export async function GET(request: Request): Promise<Response> {
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",").filter(Boolean).slice(0, most);
  return answerRead((scope) => readProposal(scope, ids));
}
