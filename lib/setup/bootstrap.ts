import { and, eq, sql } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { countUsers, findServedOrganisation } from "#db/identity/queries.ts";
import { organisations } from "#db/identity/schema.ts";
import { scans } from "#db/scans/schema.ts";
import { Scope } from "#lib/auth/scope.ts";
import type { Env } from "#lib/env.ts";
import { appendAudit } from "../audit/append.ts";
import { connectSandbox } from "./connect-sandbox.ts";
import { createPersonas } from "./create-personas.ts";
import { issueSetupToken } from "./setup-token.ts";

export type Bootstrapped = {
  organisationId: string;
  /** The one-time link that creates the administrator; null in sandbox mode and once there are users. */
  setupUrl: string | null;
  /** Ids of the accounts that this call connected. */
  accounts: string[];
  /** True when there are accounts and none was ever scanned, also if an earlier start got no further. */
  firstScan: boolean;
  /** How to sign in, line by line, for whoever started Parapet. */
  notes: string[];
};

/**
 * Makes what an installation begins with: its organisation, and either the sandbox's personas and accounts or the link
 * that creates the administrator. Does only what is missing, so every start may call it.
 */
export async function bootstrap(options: {
  db: Database;
  env: Pick<Env, "sandbox" | "authUrl">;
  /** Where the sandbox cloud listens; needed in sandbox mode. */
  sandboxUrl: string | undefined;
}): Promise<Bootstrapped> {
  const { db, env, sandboxUrl } = options;
  const organisationId = await ensureOrganisation(db, env);
  const scope = Scope.ofSystem(organisationId, "setup");
  if (env.sandbox) {
    await createPersonas(db, scope);
    const connected = await connectSandbox(db, scope, sandboxUrl);
    const firstScan = await isUnscanned(db, organisationId);
    const notes = ["Sign in with one click, as any of five people at Acme."];
    return { organisationId, setupUrl: null, accounts: connected, firstScan, notes };
  }
  const firstScan = await isUnscanned(db, organisationId);
  if ((await countUsers(db, organisationId)) > 0) {
    return {
      organisationId,
      setupUrl: null,
      accounts: [],
      firstScan,
      notes: ["Sign in with e-mail and password."],
    };
  }
  const { token } = await issueSetupToken(db, scope, {});
  const setupUrl = `${env.authUrl}/setup?token=${token}`;
  const notes = [
    "Nobody can sign in yet. This link creates the administrator, once and within 24 hours:",
    setupUrl,
  ];
  return { organisationId, setupUrl, accounts: [], firstScan, notes };
}

/** Two starts at once make one organisation: the second waits for the first. */
async function ensureOrganisation(db: Database, { sandbox }: { sandbox: boolean }): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('parapet.bootstrap', 0))`);
    const found = await findServedOrganisation(tx, { sandbox });
    if (found) return found.id;
    const id = newId("org");
    const name = sandbox ? "Acme" : "My organisation";
    await tx.insert(organisations).values({ id, name, sandbox });
    await appendAudit(tx, Scope.ofSystem(id, "setup"), {
      action: "organisation.create",
      object: { kind: "organisation", id },
      after: { name, sandbox },
    });
    return id;
  });
}

async function isUnscanned(db: Database, organisationId: string): Promise<boolean> {
  const [account] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.organisationId, organisationId),
        sql`${accounts.disabledAt} is null`,
        sql`not exists (select from ${scans} where ${scans.organisationId} = ${organisationId})`,
      ),
    )
    .limit(1);
  return account !== undefined;
}
