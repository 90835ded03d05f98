import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { findings } from "#db/findings/schema.ts";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { createRuns } from "../run/test-runs.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";

const cloud = await createTestCloud({ clouds: ["gcp"] });
const { db } = cloud.database;
const runs = await createRuns(cloud);
await cloud.scan();

const statusOf = async (findingId: string) => {
  const [row] = await db.select({ status: findings.status }).from(findings).where(eq(findings.id, findingId));
  return row?.status;
};

/** Planned by the identity that reads, carried out by the one that writes, and verified by a scan, there and back. */
it.each([
  ["GCP-FW-RESTRICTION", "gcp.compute.firewall-ssh", "analytics-consultant-ssh"],
  ["GCP-FW-RESTRICTION", "gcp.compute.network-policy-ssh", "partners"],
  ["GCP-PUBLIC-BUCKET", "gcp.storage.bucket-public-access", "acme-public-charts"],
  ["GCP-PUBLIC-BUCKET", "gcp.bigquery.dataset-public-access", "merchant_feed"],
  ["ENABLE-LOGGING", "gcp.resourcemanager.project-audit-logs", "acme-ml-dev"],
  ["ENABLE-LOGGING", "gcp.compute.subnet-flow-logs", "partners-fra"],
  ["ENABLE-LOGGING", "gcp.compute.network-dns-logging", "partners"],
  ["ENABLE-LOGGING", "gcp.compute.backend-service-logging", "partner-api"],
  [
    "ROTATE-CREDENTIALS",
    "gcp.iam.service-account-key-age",
    "looker-export@acme-analytics-prod.iam.gserviceaccount.com",
  ],
])("%s fixes %s of %s, and gives it back", { timeout: 120_000 }, async (playbook, checkId, name) => {
  const [findingId = ""] = await runs.findings(checkId, [name]);
  const draft = await runs.propose(playbook, [findingId]);
  await runs.approve(draft);
  const ended = await runs.reaches(draft.id, "succeeded", "failed", "changed_unverified");
  expect({ errors: cloud.errors, state: ended.state, error: ended.error }).toEqual({
    errors: [],
    state: "succeeded",
    error: null,
  });
  expect(await statusOf(findingId)).toBe("resolved");
  await rollBackPlan(db, runs.analyst, { planId: draft.id, reason: "It was needed." });
  const back = await runs.reaches(draft.id, "rolled_back", "rollback_failed");
  expect({ errors: cloud.errors, state: back.state, error: back.error }).toEqual({
    errors: [],
    state: "rolled_back",
    error: null,
  });
  expect(await statusOf(findingId)).toBe("open");
});
