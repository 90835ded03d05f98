import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { scans } from "#db/scans/schema.ts";
import type { AuditRecord } from "#lib/audit/append.ts";
import { catalogue } from "#lib/checks/index.ts";
import { DomainError } from "#lib/errors.ts";
import { allServices } from "#lib/inventory/registry.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { defineMutation } from "#lib/mutation.ts";
import { notifyScan } from "./store/complete.ts";

const list = (what: string, max: number) =>
  z
    .array(z.string().trim().min(1).max(200))
    .max(max, `Name at most ${max} ${what}.`)
    .default([])
    .transform((values) => [...new Set(values)]);

/** What to scan; an empty list means everything. */
export const StartScanInput = z.object({
  accountIds: list("accounts", 500),
  regions: list("regions", 100),
  services: list("services", 100),
  checks: list("checks", 1_000),
  trigger: z.enum(["manual", "connect", "schedule"]).default("manual"),
});

/** Starts a scan and returns its id; the work is done by the workers. */
export const startScan = defineMutation({
  permission: "scans:run",
  act: { action: "scan.start", kind: "scan" },
  input: StartScanInput,
  run: async ({ tx, scope, input }) => {
    const { trigger, ...wanted } = input;
    refuseUnknown("check", wanted.checks, new Set(catalogue.map((check) => check.id)));
    refuseUnknown("service", wanted.services, new Set(allServices()));
    const mine = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(
        and(
          eq(accounts.organisationId, scope.organisationId),
          isNull(accounts.disabledAt),
          wanted.accountIds.length > 0 ? inArray(accounts.id, wanted.accountIds) : undefined,
          scope.accountIds ? inArray(accounts.id, [...scope.accountIds]) : undefined,
        ),
      );
    refuseUnknown("account", wanted.accountIds, new Set(mine.map((account) => account.id)));
    if (mine.length === 0)
      throw new DomainError("conflict", "There is no account to scan. Connect one first.");
    const accountIds = scope.accountIds ? mine.map((account) => account.id) : wanted.accountIds;
    const requestedBy = scope.actor.kind === "user" ? scope.actor.id : null;
    const { organisationId } = scope;
    const begun = { organisationId, trigger, requestedBy, scope: { ...wanted, accountIds } };
    const { scanId, audit } = await beginScan(tx, begun);
    return { result: { scanId }, audit: { ...audit, after: { trigger, ...wanted } } };
  },
});

/** Begins a scan in the caller's transaction, who has judged what it asks for and appends the audit record. */
export async function beginScan(
  tx: Transaction,
  scan: Pick<typeof scans.$inferInsert, "organisationId" | "trigger" | "requestedBy" | "scope">,
): Promise<{ scanId: string; audit: AuditRecord }> {
  const scanId = newId("scn");
  await tx.insert(scans).values({ id: scanId, ...scan });
  await enqueue(tx, "scan-plan", [{ data: { scanId } }]);
  await notifyScan(tx, scan.organisationId, scanId);
  const after = { trigger: scan.trigger, ...scan.scope };
  return { scanId, audit: { action: "scan.start", object: { kind: "scan", id: scanId }, after } };
}

function refuseUnknown(what: string, wanted: readonly string[], known: ReadonlySet<string>): void {
  const unknown = wanted.filter((each) => !known.has(each));
  if (unknown.length === 0) return;
  throw new DomainError(
    "not_found",
    `No scan was started: there is no ${what} ${unknown.slice(0, 5).join(", ")}.`,
  );
}
