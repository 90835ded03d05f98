import { and, eq, inArray } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { accounts } from "./schema.ts";

/** What the accounts that one may see are called, disabled ones among them. */
export async function listAccountNames(db: Store, scope: Scope): Promise<{ id: string; name: string }[]> {
  scope.require("findings:read");
  const visible = scope.accountIds ? inArray(accounts.id, [...scope.accountIds]) : undefined;
  return db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.organisationId, scope.organisationId), visible));
}
