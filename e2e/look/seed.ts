import { createHash, randomBytes } from "node:crypto";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { createAccount } from "#db/factories.ts";
import { findings, findingTransitions } from "#db/findings/schema.ts";
import { resources } from "#db/resources/schema.ts";
import { coverage, coverageGaps, scans, scanUnits, type UnitStatus } from "#db/scans/schema.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import { seedAccounts } from "./accounts.ts";
import { absurdNames, configOf, nameOf } from "./estate.ts";

const regions = ["eu-west-1", "eu-central-1", "us-east-1"] as const;
const services = [
  "accessanalyzer",
  "cloudtrail",
  "config",
  "ec2",
  "efs",
  "guardduty",
  "iam",
  "kms",
  "rds",
  "s3",
  "securityhub",
] as const;
const dayMs = 86_400_000;

/** Fills an organisation with accounts, scans and so many findings, a handful of them with absurd names. */
export async function seedOrganisation(
  db: Database,
  organisationId: string,
  options: { findings: number; running: boolean },
): Promise<void> {
  const accounts = [];
  for (const name of ["acme-production", "acme-staging", "acme-security"]) {
    accounts.push(await createAccount(db, { organisationId, name, regions: [...regions] }));
  }
  const ids = accounts.map(({ id }) => id);
  const now = Date.now();
  let last = "";
  for (let ago = options.findings > 0 || options.running ? 9 : -1; ago >= 0; ago -= 1) {
    const running = options.running && ago === 0;
    last = await seedScan(db, organisationId, ids, new Date(now - ago * 7_200_000 - 240_000), {
      running,
      clean: ago % 4 === 3,
    });
  }
  await seedAccounts(db, organisationId, last || undefined);
  if (options.findings === 0) return;
  for (let at = 0; at < options.findings; at += 1_000) {
    await seedFindings(db, organisationId, ids, last, at, Math.min(1_000, options.findings - at));
  }
}

async function seedScan(
  db: Database,
  organisationId: string,
  accountIds: string[],
  at: Date,
  { running, clean }: { running: boolean; clean: boolean },
): Promise<string> {
  const scanId = newId("scn", at.getTime());
  const finishedAt = running ? null : new Date(at.getTime() + 95_000);
  await db.insert(scans).values({
    id: scanId,
    organisationId,
    trigger: running ? "manual" : "schedule",
    scope: { accountIds: [], regions: [], services: [], checks: [] },
    status: running ? "running" : "completed",
    createdAt: at,
    finishedAt,
  });
  const units = accountIds.flatMap((accountId, a) =>
    services.flatMap((service, s) =>
      (["iam", "s3"].includes(service) ? ["global"] : [...regions]).map((region, r) => {
        const turn = a * 24 + s * 3 + r;
        const status: UnitStatus = running
          ? turn < 30
            ? turn % 13 === 5
              ? "gap"
              : "done"
            : turn < 34
              ? "running"
              : "queued"
          : clean
            ? "done"
            : turn % 17 === 5
              ? "gap"
              : turn === 40
                ? "failed"
                : "done";
        return { accountId, service, region, status, turn };
      }),
    ),
  );
  const rows = units.map(({ accountId, service, region, status, turn }) => ({
    id: newId("unt"),
    organisationId,
    scanId,
    accountId,
    service,
    region,
    status,
    attempts: status === "queued" ? 0 : 1,
    resources: status === "queued" ? 0 : 40 + ((turn * 37) % 400),
    changed: status === "queued" ? 0 : turn % 9,
    calls: status === "queued" ? 0 : 12 + ((turn * 17) % 90),
    throttles: turn % 11 === 0 ? 3 : 0,
    opened: turn % 5,
    resolved: turn % 3,
    reopened: turn === 7 ? 1 : 0,
    gaps: status === "gap" ? 4 : 0,
    startedAt: status === "queued" ? null : new Date(at.getTime() + turn * 900),
    finishedAt: ["done", "gap", "failed"].includes(status)
      ? new Date(at.getTime() + turn * 900 + 3_400)
      : null,
    error: status === "failed" ? "The worker stopped three times in the middle of this unit." : null,
  }));
  await db.insert(scanUnits).values(rows);
  const gaps = rows.filter(({ status }) => status === "gap");
  if (gaps.length > 0) {
    await db.insert(coverageGaps).values(
      gaps.flatMap((unit, index) =>
        [0, 1, 2, 3].map((each) => ({
          organisationId,
          scanId,
          unitId: unit.id,
          accountId: unit.accountId,
          kind: `aws.${unit.service}.thing`,
          resourceUid: each === 0 && index === 1 ? null : `arn:aws:${unit.service}:::thing-${index}-${each}`,
          operation:
            index % 3 === 1
              ? "ec2:DescribeInstances"
              : `${unit.service}:${index % 2 ? "ListThings" : "GetBucketPolicy"}`,
          code: (["denied", "throttled", "disabled"] as const)[index % 3] ?? "denied",
          message:
            "User: arn:aws:sts::111122223333:assumed-role/parapet-read/scan is not authorized to perform this operation",
        })),
      ),
    );
  }
  if (!running) {
    await db
      .insert(coverage)
      .values(
        rows.map(({ accountId, service, region, status }) => ({
          organisationId,
          accountId,
          service,
          region,
          kind: `aws.${service}.${service === "s3" ? "bucket" : "thing"}`,
          scanId,
          triedAt: at,
          complete: status === "done",
          clean: status === "done",
          cleanAt: status === "done" ? at : null,
        })),
      )
      .onConflictDoNothing();
  }
  return scanId;
}

async function seedFindings(
  db: Database,
  organisationId: string,
  accountIds: string[],
  scanId: string,
  from: number,
  howMany: number,
): Promise<void> {
  const made = Array.from({ length: howMany }, (_, index) =>
    makeFinding(organisationId, accountIds, from + index),
  );
  await db.insert(resources).values(made.map(({ resource }) => resource));
  await db.insert(findings).values(made.map(({ finding }) => finding));
  await db.insert(findingTransitions).values(
    made.flatMap(({ finding }) => {
      const base = { organisationId, findingId: finding.id, scanId, reason: finding.reason };
      const opened = { ...base, kind: "opened" as const, at: finding.firstSeenAt };
      return finding.resolvedAt
        ? [
            opened,
            { ...base, kind: "resolved" as const, at: finding.resolvedAt, reason: "The check passes now." },
          ]
        : [opened];
    }),
  );
}

function makeFinding(organisationId: string, accountIds: string[], at: number) {
  // Odd steps through the lists, so that neighbours in the table differ.
  const check = catalogue[(at * 7) % catalogue.length] as AnyCheck;
  const accountId = accountIds[at % accountIds.length] ?? "";
  const [, service = "", thing = ""] = check.resource.split(".");
  const region = ["iam", "s3"].includes(service) ? "global" : (regions[(at * 5) % regions.length] ?? "");
  const absurd = at < absurdNames.length * 3 && at % 3 === 1 ? absurdNames[Math.floor(at / 3)] : undefined;
  const name = absurd ?? nameOf(thing, at);
  const age = ((at * 7_919) % 400) * dayMs + ((at * 104_729) % dayMs);
  const openedAt = new Date(Date.now() - age);
  const resolved = at % 7 === 6;
  const { config, path, value, reason } = configOf(check.resource, name, at);
  const resourceId = newId("res");
  const tags: Record<string, string> = {
    owner: "payments",
    environment: "production",
    "cost-centre": String(4_000 + (at % 90)),
  };
  if (absurd) tags.note = "x".repeat(10_240);
  const resource = {
    id: resourceId,
    organisationId,
    accountId,
    service,
    region,
    unitRegion: region,
    kind: check.resource,
    uid: `arn:aws:${service}:${region === "global" ? "" : region}:111122223333:${thing}/${at}-${name}`,
    name,
    tags,
    config,
    unread: [],
    hash: createHash("sha256").update(randomBytes(8)).digest(),
    verdicts: { [check.id]: "fail" as const },
    evaluatedWith: "look",
  };
  const finding = {
    id: newId("fnd", openedAt.getTime()),
    organisationId,
    accountId,
    resourceId,
    checkId: at % 97 === 96 ? "aws.s3.retired-check" : check.id,
    service,
    region,
    severity: check.severity,
    status: resolved ? ("resolved" as const) : ("open" as const),
    reason,
    evidence: [{ path, value }],
    firstSeenAt: openedAt,
    openedAt,
    resolvedAt: resolved ? new Date(Date.now() - age / 3) : null,
    resolution: resolved ? ("fixed" as const) : null,
    reopened: at % 11 === 10 ? 1 : 0,
    unverifiedSince: !resolved && at % 13 === 12 ? new Date(Date.now() - 3 * dayMs) : null,
  };
  return { resource, finding };
}
