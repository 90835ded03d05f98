"use server";
import type { z } from "zod";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import type { ConnectionTest, Identity } from "#db/accounts/schema.ts";
import { getTrial } from "#db/trial/queries.ts";
import { ConnectAccountInput, connectAccount } from "#lib/accounts/connect-account.ts";
import { deleteAccount } from "#lib/accounts/delete-account.ts";
import { disableAccount } from "#lib/accounts/disable-account.ts";
import { type EditAccountInput, editAccount } from "#lib/accounts/edit-account.ts";
import { enableAccount } from "#lib/accounts/enable-account.ts";
import { type TestDraftInput, testAccount, testDraft } from "#lib/accounts/test-account.ts";
import {
  removeWriteIdentity,
  type SetWriteIdentityInput,
  setWriteIdentity,
} from "#lib/accounts/write-identity.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { provideKeysOf } from "#lib/setup/provide-sandbox-keys.ts";

export async function testAccountAction(
  accountId: string,
  identity: Identity,
): Promise<ActionResult<ConnectionTest>> {
  return runAct(async (db, scope) => {
    // An account of a sandbox beside one's own is reached from keys that this process may not have yet.
    const trial = await getTrial(db, scope);
    // Where it is down, the test itself says so.
    if (trial?.url) await provideKeysOf(trial.url).catch(() => undefined);
    return testAccount(db, scope, accountId, identity);
  });
}

export async function testDraftAction(
  input: z.input<typeof TestDraftInput>,
): Promise<ActionResult<ConnectionTest>> {
  return runAct((db, scope) => testDraft(db, scope, input));
}

/** What the form of a new account sends; what of it is right for its cloud, the mutation says. */
export type ConnectAccountForm = {
  cloud: Cloud;
  level: AccountLevel;
  externalId: string;
  connection: Record<string, unknown>;
  secrets: Record<string, string>;
  name: string;
  environment: string | null;
  schedule: string | null;
  scheduleTimeZone: string;
};

/** Connects an account and starts its first scan. */
export async function connectAccountAction(
  form: ConnectAccountForm,
): Promise<ActionResult<{ accountId: string; scanId: string }>> {
  return runAct(async (db, scope) => {
    scope.require("accounts:manage");
    const { accountId } = await connectAccount(db, scope, parseInput(ConnectAccountInput, form));
    const { scanId } = await startScan(db, scope, { accountIds: [accountId], trigger: "connect" });
    return { accountId, scanId };
  });
}

export async function editAccountAction(
  input: z.input<typeof EditAccountInput>,
): Promise<ActionResult<{ accountId: string }>> {
  return runAction(editAccount, input);
}

export async function setWriteIdentityAction(
  input: z.input<typeof SetWriteIdentityInput>,
): Promise<ActionResult<{ accountId: string }>> {
  return runAction(setWriteIdentity, input);
}

export async function disableAccountAction(accountId: string): Promise<ActionResult<{ accountId: string }>> {
  return runAction(disableAccount, { accountId });
}

export async function enableAccountAction(accountId: string): Promise<ActionResult<{ accountId: string }>> {
  return runAction(enableAccount, { accountId });
}

export async function deleteAccountAction(
  accountId: string,
  confirmation: string,
): Promise<ActionResult<{ accountId: string }>> {
  return runAction(deleteAccount, { accountId, confirmation });
}

export async function removeWriteIdentityAction(
  accountId: string,
  revision: number,
): Promise<ActionResult<{ accountId: string }>> {
  return runAction(removeWriteIdentity, { accountId, revision });
}

export async function scanAccountAction(accountId: string): Promise<ActionResult<{ scanId: string }>> {
  return runAction(startScan, { accountIds: [accountId] });
}
