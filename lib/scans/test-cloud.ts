import { eq, sql } from "drizzle-orm";
import { afterAll } from "vitest";
import { createAccount, createOrganisation } from "#db/factories.ts";
import { scans } from "#db/scans/schema.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { Scope } from "#lib/auth/scope.ts";
import { startWorker, type Worker } from "#lib/jobs/worker.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { startScan } from "./start-scan.ts";

export type TestCloud = {
  database: TestDatabase;
  sandbox: Sandbox;
  worker: Worker;
  scope: Scope;
  /** The connected accounts by name, as `accounts.id`. */
  accounts: ReadonlyMap<string, string>;
  /** What workers reported as failed, in order. */
  errors: string[];
  /** Starts a scan and waits for its end. */
  scan(input?: Parameters<typeof startScan>[2]): Promise<typeof scans.$inferSelect>;
  /** Waits until `condition`, an SQL expression, holds. */
  until(condition: ReturnType<typeof sql>): Promise<void>;
};

/**
 * A whole installation in small for one test file: database, sandbox cloud with Acme's accounts connected, one worker.
 * Everything is closed after the file's tests.
 */
export async function createTestCloud(
  names = acmeAccounts.map((account) => account.name),
): Promise<TestCloud> {
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ estate: buildAcme(), services });
  process.env.AWS_ACCESS_KEY_ID = acmeHub.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = acmeHub.secretAccessKey;
  process.env.AWS_REGION = "eu-west-1";
  const { id: organisationId } = await createOrganisation(database.db);
  const accounts = new Map<string, string>();
  for (const described of acmeAccounts.filter((account) => names.includes(account.name))) {
    const account = await createAccount(database.db, {
      organisationId,
      name: described.name,
      externalId: described.id,
      connection: {
        type: "assume_role",
        roleArn: described.roleArn,
        externalId: described.externalId,
        endpointUrl: sandbox.url,
      },
    });
    accounts.set(described.name, account.id);
  }
  const errors: string[] = [];
  const worker = await startWorker({
    databaseUrl: database.url,
    onError: (error, what) => {
      errors.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
  });
  const scope = Scope.ofSystem(organisationId, "test");
  const until: TestCloud["until"] = async (condition) => {
    for (;;) {
      const [row] = await database.db.execute<{ holds: boolean }>(sql`select (${condition}) as holds`);
      if (row?.holds) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  afterAll(async () => {
    await worker.stop();
    await sandbox.close();
    await database.close();
  });
  return {
    database,
    sandbox,
    worker,
    scope,
    accounts,
    errors,
    until,
    scan: async (input = {}) => {
      const { scanId } = await startScan(database.db, scope, input);
      await until(sql`select finished_at is not null from scans where id = ${scanId}`);
      const [scan] = await database.db.select().from(scans).where(eq(scans.id, scanId));
      if (!scan) throw new Error("The scan is gone.");
      return scan;
    },
  };
}
