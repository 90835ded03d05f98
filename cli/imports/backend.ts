import { createReadStream, openAsBlob } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { OpenDatabase } from "#db/client.ts";
import type { ImportView } from "#db/imports/model.ts";
import { getImport } from "#db/imports/queries.ts";
import type { ImportFormat } from "#db/imports/schema.ts";
import { Account } from "#lib/api/schemas/accounts.ts";
import { Import, ReceivedImport } from "#lib/api/schemas/imports.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { performImport } from "#lib/imports/perform-import.ts";
import { receiveUpload } from "#lib/imports/receive-upload.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { withInstallation } from "../installation.ts";
import type { RemoteClient } from "../remote/client.ts";
import { remoteClient } from "../remote/remote.ts";

export type ImportWish = {
  path: string;
  fileName: string;
  /** Undefined to have it told by the content. */
  format: ImportFormat | undefined;
  /** Id, the provider's id or name of a connected account. */
  account: string | undefined;
};

/** Where a report is imported into: this installation's own database, or a server. */
export type ImportBackend = {
  /** Sends the file, has it read, and gives what it came to. */
  run(wish: ImportWish, signal: AbortSignal): Promise<ImportView>;
};

/** Below the rate at which a token is told to wait. */
const pollMs = 1_000;

/** Opens what the environment says is to be imported into. */
export async function withImports<T>(
  organisation: string | undefined,
  run: (imports: ImportBackend) => Promise<T>,
): Promise<T> {
  const client = remoteClient(organisation);
  if (client) return run(remoteImports(client));
  return withInstallation(organisation, (database, scope) => run(localImports(database, scope)));
}

/** Sends the report to a server, whose workers read it. */
const remoteImports = (client: RemoteClient): ImportBackend => ({
  async run({ path, fileName, format, account }, signal) {
    const accounts = account === undefined ? [] : await client.list("/accounts", {}, Account);
    const { importId } = await client.request("POST", "/imports", {
      query: {
        fileName,
        format,
        account: account === undefined ? undefined : chooseAccount(accounts, account),
      },
      body: await openAsBlob(path),
      answer: ReceivedImport,
    });
    for (;;) {
      const found = await client.request("GET", `/imports/${encodeURIComponent(importId)}`, {
        answer: Import,
      });
      if (found.status === "done" || found.status === "failed") return found;
      await delay(pollMs, undefined, { signal });
    }
  },
});

/** Reads the report in this process, so that it needs no worker; one that is running may take part in it. */
const localImports = (database: OpenDatabase, scope: Scope): ImportBackend => ({
  async run({ path, fileName, format, account }, signal) {
    const { db } = database;
    const accountId = account === undefined ? null : await findAccount(database, scope, account);
    const queue = await jobQueue();
    try {
      const input = { fileName, format: format ?? null, accountId };
      const { importId } = await receiveUpload(db, scope, input, createReadStream(path, { signal }));
      await performImport(db, importId, signal);
      for (;;) {
        const found = await getImport(db, scope, importId);
        if (found.status === "done" || found.status === "failed") return found;
        await delay(pollMs, undefined, { signal });
      }
    } finally {
      await queue.close();
    }
  },
});

async function findAccount({ db }: OpenDatabase, scope: Scope, wanted: string): Promise<string> {
  const found = await db.execute<{ id: string; externalId: string; name: string }>(sql`
    select id, external_id as "externalId", name from accounts where organisation_id = ${scope.organisationId} order by id
  `);
  return chooseAccount(found, wanted);
}

function chooseAccount(
  accounts: readonly { id: string; externalId: string; name: string }[],
  wanted: string,
): string {
  const [only, ...others] = accounts.filter((account) =>
    [account.id, account.externalId, account.name].includes(wanted),
  );
  if (!only)
    throw new DomainError("not_found", `Nothing was imported: there is no connected account ${wanted}.`);
  if (others.length > 0) {
    throw new DomainError("invalid_input", `Several accounts are called ${wanted}: name one by its id.`);
  }
  return only.id;
}
