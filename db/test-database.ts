import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { z } from "zod";
import { type OpenDatabase, openDatabase } from "./client.ts";

export type TestDatabase = OpenDatabase & {
  url: string;
  /** Closes the connections and drops the database. */
  [Symbol.asyncDispose](): Promise<void>;
};

declare module "vitest" {
  interface ProvidedContext {
    /** Where the run's global set-up answers who asks for a PostgreSQL. */
    testPostgresPort: number;
  }
}

const answerSchema = z.object({ adminUrl: z.string(), template: z.string() });

/**
 * An empty database of its own with the newest schema, cloned from the run's template. The first call of a run starts
 * PostgreSQL; a run without such tests never does.
 *
 * ```ts
 * const { db, close } = await createTestDatabase(); // at the top of the file
 * afterAll(close);
 * ```
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = await askForServer();
  const name = `parapet_test_${randomBytes(8).toString("hex")}`;
  await runAsAdmin(adminUrl, `create database ${name} template ${template}`);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  const open = openDatabase(url, { max: 5, applicationName: name });
  const close = async () => {
    await open.close();
    await runAsAdmin(adminUrl, `drop database if exists ${name} with (force)`);
  };
  return { ...open, url, close, [Symbol.asyncDispose]: close };
}

async function askForServer() {
  const answer = await fetch(`http://127.0.0.1:${inject("testPostgresPort")}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answerSchema.parse(await answer.json());
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
