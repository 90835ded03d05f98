import { and, asc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Database, Transaction } from "../client.ts";
import { accounts } from "./schema.ts";

/** The first accounts, by name, whose name or provider's id has the text in it. */
export async function searchAccounts(
  db: Database | Transaction,
  scope: Scope,
  text: string,
  limit: number,
): Promise<{ id: string; name: string; externalId: string; cloud: Cloud }[]> {
  scope.require("accounts:read");
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select({
      id: accounts.id,
      name: accounts.name,
      externalId: accounts.externalId,
      cloud: accounts.cloud,
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.organisationId, scope.organisationId),
        scope.accountIds ? inArray(accounts.id, [...scope.accountIds]) : undefined,
        sql`${accounts.deletion} is null`,
        or(ilike(accounts.name, pattern), ilike(accounts.externalId, pattern)),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(limit);
}
