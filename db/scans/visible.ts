import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { scans, scanUnits } from "./schema.ts";

/** The units of the organisation in the accounts that the scope may see. */
export const visibleUnits = (scope: Scope): SQL | undefined =>
  and(
    eq(scanUnits.organisationId, scope.organisationId),
    scope.accountIds ? inArray(scanUnits.accountId, [...scope.accountIds]) : undefined,
  );

/** The organisation's scans that read an account which the scope may see, and those one has just asked for oneself. */
export const visibleScans = (scope: Scope): SQL | undefined =>
  and(
    eq(scans.organisationId, scope.organisationId),
    scope.accountIds
      ? or(
          sql`exists (select from ${scanUnits} where ${scanUnits.scanId} = ${scans.id} and ${inArray(scanUnits.accountId, [...scope.accountIds])})`,
          and(eq(scans.requestedBy, scope.actor.id), sql`${scans.plannedAt} is null`),
        )
      : undefined,
  );
