import { Command } from "commander";
import { openDatabase } from "#db/client.ts";
import { explainDatabaseError } from "#db/errors.ts";
import { Scope } from "#lib/auth/scope.ts";
import { databaseUrl, env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { bootstrap } from "#lib/setup/bootstrap.ts";

/** For the supervisor alone. */
export const command = () => new Command("set-up").action(setUp);

/** Makes what an installation begins with, and tells the supervisor how to sign in. */
async function setUp(): Promise<void> {
  const url = databaseUrl();
  const { db, close } = openDatabase(url, { max: 3, applicationName: "parapet-setup" });
  try {
    const { organisationId, accounts, firstScan, notes } = await bootstrap({
      db,
      env: env(),
      sandboxUrl: env().sandboxUrl,
    });
    if (firstScan || accounts.length > 0) {
      const scope = Scope.ofSystem(organisationId, "setup");
      await startScan(db, scope, { accountIds: accounts, trigger: "connect" });
      await (await jobQueue()).close();
    }
    await close();
    await tell({ notes });
    process.exit(0);
  } catch (error) {
    const expected = explainDatabaseError(error, url) ?? (error instanceof DomainError ? error : null);
    if (!expected) throw error;
    await tell({ failure: expected.message });
    process.exit(1);
  }
}

/** Resolves once the message has left this process. */
function tell(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}
