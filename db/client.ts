import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { databaseUrl } from "#lib/env.ts";
import * as schema from "./schema.ts";

export type Database = PostgresJsDatabase<typeof schema>;

/** A transaction of `Database`; whatever takes part in someone else's transaction takes this. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** For what works in a transaction and without one. */
export type Store = Database | Transaction;

export type DatabaseOptions = {
  /** Connections at most; 10 when left out. */
  max?: number;
  /** What PostgreSQL's own lists of sessions show. */
  applicationName?: string;
  /** How long one statement may run; 30,000 when left out, 0 for no limit. */
  statementTimeoutMs?: number;
};

export type OpenDatabase = {
  db: Database;
  /** The same connections without the query builder: COPY, LISTEN, set-based SQL. */
  sql: postgres.Sql;
  /** Waits for running statements (5 s at most) and closes every connection. */
  close(): Promise<void>;
};

/** Opens a pool; it connects at the first statement. Connections lost are made anew. */
export function openDatabase(url: string, options: DatabaseOptions = {}): OpenDatabase {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    // A second at most between two tries, so that a restarted server is found again soon.
    backoff: (tries) => Math.min(1, 0.05 * 2 ** tries),
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? "parapet",
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
      TimeZone: "UTC",
    },
  });
  const db = drizzle(sql, { schema, casing: "snake_case" });
  return { db, sql, close: () => sql.end({ timeout: 5 }) };
}

const held = globalThis as { parapetDatabase?: OpenDatabase };

/**
 * This process's one pool, on DATABASE_URL or the embedded PostgreSQL, opened at the first call. It is held by the global
 * object because a bundler may load this module more than once.
 */
export function database(): OpenDatabase {
  held.parapetDatabase ??= openDatabase(databaseUrl());
  return held.parapetDatabase;
}
