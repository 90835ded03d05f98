import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { rolePermissions } from "#lib/auth/permissions.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { roles } from "../identity/roles.ts";
import { users } from "../identity/schema.ts";

const reading = roles.filter((role) => rolePermissions[role].includes("audit:read"));

/** Who may read the whole trail, by name; those of `among` alone when given. For its readers and who manages it. */
export async function listTrailReaders(
  db: Store,
  scope: Scope,
  among?: readonly string[],
): Promise<{ id: string; name: string }[]> {
  scope.requireEveryAccount();
  if (!scope.can("audit:manage")) scope.require("audit:read");
  if (among?.length === 0) return [];
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      and(
        eq(users.organisationId, scope.organisationId),
        inArray(users.role, reading),
        eq(users.seesAllAccounts, true),
        isNull(users.disabledAt),
        among ? inArray(users.id, [...among]) : undefined,
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
}
