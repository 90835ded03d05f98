"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { listAcceptedFindings } from "#db/triage/approval-queries.ts";
import { DomainError } from "#lib/errors.ts";
import { changeFindings } from "#lib/findings/change-findings.ts";
import { mostNamedFindings } from "#lib/findings/change-input.ts";
import { decideException } from "#lib/findings/decide-exception.ts";
import { withdrawException } from "#lib/findings/withdraw-exception.ts";

/** A request as it was seen. */
export type SeenRequest = { exceptionId: string; revision: number };
/** What came of several: how many were decided on, and what was said of the others. */
export type Decided = { decided: number; problems: string[] };

/** More are decided on in turn. */
const mostAtOnce = 50;

/** Decides on each by itself: what is refused keeps none of the others back. */
export async function decideAction(
  requests: readonly SeenRequest[],
  decision: "grant" | "reject",
  note: string,
): Promise<ActionResult<Decided>> {
  const result = await runAct(async (db, scope): Promise<Decided> => {
    scope.require("risk:decide");
    const problems: string[] = [];
    let [decided, first] = [0, undefined as DomainError | undefined];
    for (const { exceptionId, revision } of requests.slice(0, mostAtOnce)) {
      try {
        await decideException(db, scope, { exceptionId, decision, note, revision });
        decided += 1;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        first ??= error;
        problems.push(error.message);
      }
    }
    if (decided === 0 && first) throw first;
    return { decided, problems: [...new Set(problems)] };
  });
  revalidatePath("/approvals");
  return result;
}

export async function withdrawAction(exceptionId: string): Promise<ActionResult<{ exceptionId: string }>> {
  const result = await runAction(withdrawException, { exceptionId });
  revalidatePath("/approvals");
  return result;
}

/** Ends an acceptance before its time: the findings are open again. */
export async function endAcceptanceAction(exceptionId: string): Promise<ActionResult<{ changed: number }>> {
  const result = await runAct(async (db, scope) => {
    scope.require("findings:triage");
    const ids = await listAcceptedFindings(db, scope, exceptionId, mostNamedFindings + 1);
    if (ids.length === 0)
      throw new DomainError("conflict", "Nothing was changed: no finding is accepted by this.");
    if (ids.length > mostNamedFindings) {
      throw new DomainError(
        "conflict",
        "Nothing was changed: these are too many for here. Choose them in the list of findings, and end the acceptance there.",
      );
    }
    const { changed } = await changeFindings(db, scope, {
      target: { ids },
      change: { act: "revoke_acceptance" },
    });
    return { changed };
  });
  revalidatePath("/approvals");
  return result;
}
