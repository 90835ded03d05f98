import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { env } from "#lib/env.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { migrateDatabase } from "./migrate.ts";

const template = `parapet_template_${process.pid}`;

/**
 * Vitest's global set-up: answers test files that ask for a PostgreSQL. The first who asks makes it start, in a folder
 * that is deleted afterwards, or takes DATABASE_URL_TEST, and has the template migrated.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Running> | undefined;
  const server = createServer((_request, response) => {
    started ??= start();
    started.then(
      ({ adminUrl }) => response.end(JSON.stringify({ adminUrl, template })),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  project.provide("testPostgresPort", typeof address === "object" && address ? address.port : 0);
  return async () => {
    server.close();
    server.closeAllConnections();
    const running = await started?.catch(() => undefined);
    await running?.stop();
  };
}

type Running = { adminUrl: string; stop(): Promise<void> };

async function start(): Promise<Running> {
  const { testDatabaseUrl } = env();
  if (testDatabaseUrl) {
    await makeTemplate(testDatabaseUrl);
    return {
      adminUrl: testDatabaseUrl,
      stop: () => run(testDatabaseUrl, `drop database if exists ${template}`),
    };
  }
  const dataDir = mkdtempSync(join(tmpdir(), "parapet-test-"));
  const server = await startPostgres({ dataDir, durable: false });
  const adminUrl = Object.assign(new URL(server.ownerUrl), { pathname: "/postgres" }).href;
  await makeTemplate(adminUrl);
  return {
    adminUrl,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await run(adminUrl, `create database ${template}`);
  await migrateDatabase(Object.assign(new URL(adminUrl), { pathname: `/${template}` }).href);
}

async function run(adminUrl: string, statement: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
