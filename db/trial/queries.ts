import { and, eq, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { sandboxTrials } from "./schema.ts";

type Store = Database | Transaction;

/** The sandbox cloud beside an organisation's own accounts. */
export type TrialView = {
  /** `starting` until its accounts are connected, and again while it is down. */
  state: "starting" | "running" | "failed";
  /** In plain words, why it could not be started. */
  error: string | null;
  /** Where its AWS listens, on this machine. */
  url: string | null;
  /** Its accounts that are not being deleted. */
  accounts: number;
};

/** Null when there is none. */
export async function getTrial(db: Store, scope: Scope): Promise<TrialView | null> {
  scope.require("accounts:read");
  const [row] = await db
    .select({
      url: sandboxTrials.url,
      readyAt: sandboxTrials.readyAt,
      error: sandboxTrials.error,
      accounts: sql<number>`(
        select count(*)::int from ${accounts}
        where ${and(eq(accounts.organisationId, scope.organisationId), eq(accounts.sandbox, true))}
          and ${accounts.deletion} is null
      )`,
    })
    .from(sandboxTrials)
    .where(eq(sandboxTrials.organisationId, scope.organisationId));
  if (!row) return null;
  const { url, readyAt, error } = row;
  const state = error !== null ? "failed" : url !== null && readyAt !== null ? "running" : "starting";
  return { state, error, url, accounts: row.accounts };
}
