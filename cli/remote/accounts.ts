import { z } from "zod";
import { Account, AccountDetail, ConnectionTest } from "#lib/api/schemas/accounts.ts";
import { DomainError } from "#lib/errors.ts";
import type { AccountsBackend } from "../accounts/backend.ts";
import type { RemoteClient } from "./client.ts";

const anything = z.unknown();
const of = (accountId: string) => `/accounts/${encodeURIComponent(accountId)}`;

/** The accounts of a server, through its API. */
export function remoteAccounts(client: RemoteClient): AccountsBackend {
  const show = (accountId: string) => client.request("GET", of(accountId), { answer: AccountDetail });
  return {
    list: () => client.list("/accounts", {}, Account),
    show,
    async reach(draft) {
      const { reached, error } = await client.request("POST", "/connection-tests", {
        body: draft,
        answer: ConnectionTest,
      });
      if (reached) return reached.externalId;
      throw new DomainError(
        "unavailable",
        `Nothing was connected: the server can't reach the account. ${error ?? ""}`.trimEnd(),
      );
    },
    connect: (account) =>
      client.request("POST", "/accounts", {
        body: account,
        answer: z.object({ accountId: z.string(), scanId: z.string().nullable() }),
      }),
    async edit(accountId, change) {
      await client.request("PATCH", of(accountId), { body: change, answer: anything });
    },
    async setWriteIdentity(accountId, identity) {
      await client.request("PUT", `${of(accountId)}/write-identity`, { body: identity, answer: anything });
    },
    async removeWriteIdentity(accountId, revision) {
      await client.request("DELETE", `${of(accountId)}/write-identity`, {
        query: { revision },
        answer: anything,
      });
    },
    test: (accountId, identity) =>
      client.request("POST", `${of(accountId)}/tests`, { body: { identity }, answer: ConnectionTest }),
    disable: (accountId) =>
      client.request("POST", `${of(accountId)}/disable`, { answer: z.object({ stoppedUnits: z.int() }) }),
    async enable(accountId) {
      await client.request("POST", `${of(accountId)}/enable`, { answer: anything });
    },
    async delete(accountId, confirmation) {
      await client.request("DELETE", of(accountId), { query: { confirmation }, answer: anything });
    },
    async deletionOf(accountId) {
      try {
        return (await show(accountId)).deletion;
      } catch (error) {
        if (error instanceof DomainError && error.code === "not_found") return "gone";
        throw error;
      }
    },
  };
}
