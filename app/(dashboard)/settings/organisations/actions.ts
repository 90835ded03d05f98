"use server";
import type { z } from "zod";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { connectMembers } from "#lib/accounts/sources/connect-members.ts";
import { ConnectSourceInput, connectSource } from "#lib/accounts/sources/connect-source.ts";
import { type EditSourceInput, editSource } from "#lib/accounts/sources/edit-source.ts";
import { removeSource } from "#lib/accounts/sources/remove-source.ts";
import { requestSync } from "#lib/accounts/sources/request-sync.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";

/** What the form of an organisation sends; what of it is right for its cloud, the mutation says. */
export type SourceForm = {
  cloud: Cloud;
  name: string;
  connection: Record<string, unknown>;
  template: Record<string, unknown>;
  secrets: Record<string, string>;
  autoConnect: boolean;
  environment: string | null;
  scanSchedule: string | null;
  schedule: string | null;
  scheduleTimeZone: string;
};

export async function connectSourceAction(form: SourceForm): Promise<ActionResult<{ sourceId: string }>> {
  return runAct((db, scope) => {
    scope.require("accounts:manage");
    return connectSource(db, scope, parseInput(ConnectSourceInput, form));
  });
}

export async function editSourceAction(
  input: z.input<typeof EditSourceInput>,
): Promise<ActionResult<{ sourceId: string }>> {
  return runAction(editSource, input);
}

export async function removeSourceAction(
  sourceId: string,
  confirmation: string,
): Promise<ActionResult<{ keptAccounts: number }>> {
  return runAction(removeSource, { sourceId, confirmation });
}

export async function requestSyncAction(sourceId: string): Promise<ActionResult<{ sourceId: string }>> {
  return runAction(requestSync, { sourceId });
}

/** Connects members picked from the list and starts their first scan. */
export async function connectMembersAction(
  sourceId: string,
  externalIds: string[],
): Promise<ActionResult<{ accountIds: string[]; scanId: string }>> {
  return runAct(async (db, scope) => {
    const { accountIds } = await connectMembers(db, scope, { sourceId, externalIds });
    const { scanId } = await startScan(db, scope, { accountIds, trigger: "connect" });
    return { accountIds, scanId };
  });
}
