"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { retireCustomPlaybook, saveCustomPlaybook } from "#lib/remediation/verbs/custom-playbooks.ts";
import { type Judged, judgePlaybook } from "./judge-playbook.ts";

/** Says what is wrong with a playbook that is being written, and gives it as a file and as a form's content. */
export async function judgePlaybookAction(
  given: string | Record<string, unknown>,
): Promise<ActionResult<Judged>> {
  return runAct((_db, scope) => judgePlaybook(scope, given));
}

/**
 * @param given A playbook, or the text of one in YAML or JSON.
 * @param version Of the one that was edited; null for a new one.
 */
export async function savePlaybookAction(
  given: string | Record<string, unknown>,
  version: number | null,
): Promise<ActionResult<{ playbook: string; version: number }>> {
  const result = await runAction(saveCustomPlaybook, {
    document: given,
    ...(version === null ? {} : { revision: version }),
  });
  revalidatePath("/playbooks");
  return result;
}

export async function retirePlaybookAction(
  playbook: string,
  version: number,
): Promise<ActionResult<{ playbook: string }>> {
  const result = await runAction(retireCustomPlaybook, { playbook, revision: version });
  revalidatePath("/playbooks");
  return result;
}
