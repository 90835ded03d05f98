import { and, eq, exists, ilike, inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Database, Transaction } from "../client.ts";
import { resources } from "../resources/schema.ts";
import { findings, findingTransitions, type transitionKinds } from "./schema.ts";

/** Which findings are asked for; an empty list or text asks for all. */
export type FindingFilter = {
  status: "open" | "resolved" | "all";
  severities: readonly Severity[];
  clouds: readonly Cloud[];
  accountIds: readonly string[];
  services: readonly string[];
  regions: readonly string[];
  checkIds: readonly string[];
  /** Part of the check's title, or of the resource's name or id. */
  text: string;
  /** Only what this scan changed, and how. */
  scan: { id: string; change: (typeof transitionKinds)[number] } | null;
};

/** The rows of the organisation in the accounts that the scope may see. */
export const visibleFindings = (scope: Scope): SQL | undefined =>
  and(
    eq(findings.organisationId, scope.organisationId),
    scope.accountIds ? inArray(findings.accountId, [...scope.accountIds]) : undefined,
  );

const oneOf = <T>(column: SQLWrapper, values: readonly T[]) =>
  values.length > 0 ? inArray(column, [...values]) : undefined;

/** What facets don't count by: the text and the scan. The query must join `resources` when there is a text. */
export function baseConditions(
  db: Database | Transaction,
  filter: Pick<FindingFilter, "text" | "scan">,
): SQL | undefined {
  return and(
    filter.text ? matchesText(filter.text) : undefined,
    filter.scan
      ? exists(
          db
            .select({ one: sql`1` })
            .from(findingTransitions)
            .where(
              and(
                eq(findingTransitions.findingId, findings.id),
                eq(findingTransitions.scanId, filter.scan.id),
                eq(findingTransitions.kind, filter.scan.change),
              ),
            ),
        )
      : undefined,
  );
}

export const facetConditions = (filter: FindingFilter): SQL | undefined =>
  and(
    filter.status === "all" ? undefined : eq(findings.status, filter.status),
    oneOf(findings.severity, filter.severities),
    // A check judges one cloud, and its id begins with it.
    oneOf(sql`split_part(${findings.checkId}, '.', 1)`, filter.clouds),
    oneOf(findings.accountId, filter.accountIds),
    oneOf(findings.service, filter.services),
    oneOf(findings.region, filter.regions),
    oneOf(findings.checkId, filter.checkIds),
  );

function matchesText(text: string): SQL | undefined {
  const wanted = text.toLowerCase();
  const checks = catalogue.filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(wanted));
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(resources.name, pattern),
    ilike(resources.uid, pattern),
    checks.length > 0
      ? inArray(
          findings.checkId,
          checks.map(({ id }) => id),
        )
      : undefined,
  );
}
