import { z } from "zod";
import { countAccountResources, getAccount, listAccounts } from "#db/accounts/queries.ts";
import { identities } from "#db/accounts/schema.ts";
import { getTrial } from "#db/trial/queries.ts";
import { ConnectAccountInput, connectAccount } from "../../accounts/connect-account.ts";
import { deleteAccount } from "../../accounts/delete-account.ts";
import { disableAccount } from "../../accounts/disable-account.ts";
import { EditAccountInput, editAccount } from "../../accounts/edit-account.ts";
import { enableAccount } from "../../accounts/enable-account.ts";
import { TestDraftInput, testAccount, testDraft } from "../../accounts/test-account.ts";
import {
  removeWriteIdentity,
  SetWriteIdentityInput,
  setWriteIdentity,
} from "../../accounts/write-identity.ts";
import { startScan } from "../../scans/start-scan.ts";
import { provideKeysOf } from "../../setup/provide-sandbox-keys.ts";
import { defineOperation } from "../operation.ts";
import { AccountDetail, AccountPage, ConnectionTest } from "../schemas/accounts.ts";
import { After, Id, Limit, Revision } from "../schemas/common.ts";
import { refuseCursor } from "./cursor.ts";

const tag = "Accounts";
const permission = "accounts:manage";
const params = z.object({ accountId: Id });
const Changed = z.object({ accountId: z.string(), revision: z.int() });
const [aws, azure, gcp] = ConnectAccountInput.options;

export const accountOperations = [
  defineOperation({
    ...{ id: "listAccounts", method: "GET", path: "/accounts", tag, permission: "accounts:read" },
    summary: "Connected accounts, by name",
    query: z.strictObject({ limit: Limit, after: After }),
    response: AccountPage,
    run: async ({ db, scope, query: { limit, after } }) => {
      const all = await listAccounts(db, scope);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && start === 0) refuseCursor();
      const data = all.slice(start, start + limit);
      return { data, next: start + limit < all.length ? (data.at(-1)?.id ?? null) : null };
    },
  }),
  defineOperation({
    ...{ id: "getAccount", method: "GET", path: "/accounts/{accountId}", tag, permission: "accounts:read" },
    summary: "One account: how it is reached, its last scan and test",
    params,
    response: AccountDetail,
    run: async ({ db, scope, params: { accountId } }) => {
      const [detail, resources] = await Promise.all([
        getAccount(db, scope, accountId),
        countAccountResources(db, scope, accountId),
      ]);
      return { ...detail, resources };
    },
  }),
  defineOperation({
    ...{ id: "connectAccount", method: "POST", path: "/accounts", tag, permission, status: 201 },
    summary: "Connect an account, and start its first scan",
    description:
      "Secrets are sealed before they are stored, and never answered. The scan starts when the token may start scans; else `scanId` is null.",
    body: z.discriminatedUnion("cloud", [aws.strict(), azure.strict(), gcp.strict()]),
    response: z.object({ accountId: z.string(), scanId: z.string().nullable() }),
    run: async ({ db, scope, body }) => {
      const { accountId } = await connectAccount(db, scope, body);
      if (!scope.can("scans:run")) return { accountId, scanId: null };
      const { scanId } = await startScan(db, scope, { accountIds: [accountId], trigger: "connect" });
      return { accountId, scanId };
    },
  }),
  defineOperation({
    ...{ id: "testConnection", method: "POST", path: "/connection-tests", tag, permission },
    summary: "Test how an account would be reached, before it is connected or changed",
    description: "Takes up to 30 seconds. The server calls the cloud; nothing is stored.",
    body: z.strictObject(TestDraftInput.shape),
    response: ConnectionTest,
    run: ({ db, scope, body }) => testDraft(db, scope, body),
  }),
  defineOperation({
    ...{ id: "editAccount", method: "PATCH", path: "/accounts/{accountId}", tag, permission },
    summary: "Change an account's settings, how it is reached, or its secrets",
    description: "What is left out stays as it is.",
    params,
    body: z.strictObject({ ...EditAccountInput.omit({ accountId: true }).shape, revision: Revision }),
    response: Changed,
    run: ({ db, scope, params: { accountId }, body }) => editAccount(db, scope, { ...body, accountId }),
  }),
  defineOperation({
    ...{ id: "testAccount", method: "POST", path: "/accounts/{accountId}/tests", tag, permission },
    summary: "Reach an account, and name the permissions that are missing",
    description: "Takes up to 30 seconds. The result is kept with the account.",
    params,
    body: z.strictObject({ identity: z.enum(identities).default("read") }),
    response: ConnectionTest,
    run: async ({ db, scope, params: { accountId }, body }) => {
      // An account of a sandbox beside one's own is reached with keys that this process may not have yet.
      const trial = scope.can("accounts:read") ? await getTrial(db, scope) : null;
      // Where it is down, the test itself says so.
      if (trial?.url) await provideKeysOf(trial.url).catch(() => undefined);
      return testAccount(db, scope, accountId, body.identity);
    },
  }),
  defineOperation({
    ...{ id: "disableAccount", method: "POST", path: "/accounts/{accountId}/disable", tag, permission },
    summary: "Leave an account out of scans; its findings stay as they are",
    params,
    response: Changed.extend({ stoppedUnits: z.int() }),
    run: ({ db, scope, params }) => disableAccount(db, scope, params),
  }),
  defineOperation({
    ...{ id: "enableAccount", method: "POST", path: "/accounts/{accountId}/enable", tag, permission },
    summary: "Have a disabled account scanned again",
    params,
    response: Changed,
    run: ({ db, scope, params }) => enableAccount(db, scope, params),
  }),
  defineOperation({
    ...{ id: "deleteAccount", method: "DELETE", path: "/accounts/{accountId}", tag, permission, status: 202 },
    summary: "Delete an account with all that was found in it",
    description: "A worker does it; `deletion` of the account says how far. Only the audit trail stays.",
    params,
    query: z.strictObject({ confirmation: z.string().max(200).describe("The account's name.") }),
    response: z.object({ accountId: z.string(), stoppedUnits: z.int() }),
    run: ({ db, scope, params: { accountId }, query }) =>
      deleteAccount(db, scope, { accountId, confirmation: query.confirmation }),
  }),
  defineOperation({
    ...{
      id: "setWriteIdentity",
      method: "PUT",
      path: "/accounts/{accountId}/write-identity",
      tag,
      permission,
    },
    summary: "Say with which identity fixes are made in an account",
    description: "Scans go on with the one that reads.",
    params,
    body: z.strictObject({ ...SetWriteIdentityInput.omit({ accountId: true }).shape, revision: Revision }),
    response: Changed,
    run: ({ db, scope, params: { accountId }, body }) => setWriteIdentity(db, scope, { ...body, accountId }),
  }),
  defineOperation({
    ...{
      id: "removeWriteIdentity",
      method: "DELETE",
      path: "/accounts/{accountId}/write-identity",
      tag,
      permission,
    },
    summary: "Forget the identity that fixes are made with, and its secrets",
    params,
    query: z.strictObject({ revision: z.coerce.number().int().min(1).describe("As it was read.") }),
    response: Changed,
    run: ({ db, scope, params: { accountId }, query }) =>
      removeWriteIdentity(db, scope, { accountId, revision: query.revision }),
  }),
];
