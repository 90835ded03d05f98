import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { issueToken } from "#lib/api/test-api.ts";
import { createRuns } from "#lib/remediation/run/test-runs.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { type Ran, runParapet, startTestServer } from "../remote/test-server.ts";
import type { PlanDetailAnswer } from "./answers.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const runs = await createRuns(cloud);
await cloud.scan({ services: ["s3"] });
const { organisationId } = cloud.scope;
const analyst = await createUser(db, { organisationId, role: "analyst", name: "Ana" });
const manager = await createUser(db, { organisationId, role: "manager", name: "Max" });
const tokens = { analyst: await issueToken(db, analyst), manager: await issueToken(db, manager) };
const folder = await mkdtemp(join(tmpdir(), "parapet-playbook-"));
const long = 120_000;

const server = await startTestServer(db, 10_000);
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const parapetAs = (who: keyof typeof tokens | null, ...args: string[]): Promise<Ran> =>
  runParapet(
    who ? { PARAPET_URL: server.url, PARAPET_TOKEN: tokens[who] } : { PARAPET_DATA_DIR: folder },
    ...args,
  );
const planOf = ({ stdout }: Ran): PlanDetailAnswer => JSON.parse(stdout);

describe("remediate, through a server", () => {
  it("plans, has approved, carries out, rolls back, and says so", { timeout: long }, async () => {
    const [findingId = ""] = await runs.findings("aws.s3.bucket-public-access", ["acme-prod-old-uploads"]);
    const asked = ["--finding", findingId, "--reason", "It is open to everyone"];
    const dry = await parapetAs("analyst", "remediate", "plan", ...asked, "--dry-run");
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining("this was a dry run") });
    expect(dry.stdout).toContain("acme-prod-old-uploads  aws.s3.bucket");
    expect(dry.stdout).toContain("$ aws s3api put-public-access-block");
    expect(dry.stdout).toContain("back: $ aws s3api");

    const planned = planOf(await parapetAs("analyst", "remediate", "plan", ...asked, "--json"));
    expect(planned).toMatchObject({ state: "draft", playbook: "AWS-PUBLIC-S3", resources: 1, error: null });
    const { id, hash } = planned;
    const submitted = planOf(await parapetAs("analyst", "remediate", "submit", id, "--no-run", "--json"));
    expect(submitted.state).toBe("awaiting_approval");

    const own = await parapetAs("analyst", "remediate", "approve", id, "--hash", hash ?? "");
    expect(own).toMatchObject({ code: 1, stderr: expect.stringContaining("remediation:decide") });
    const other = await parapetAs("manager", "remediate", "approve", id, "--hash", "0".repeat(64));
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("not the hash of the plan") });
    const approved = await parapetAs(
      ...(["manager", "remediate", "approve", id, "--hash", String(hash).slice(0, 12)] as const),
      ...["--reason", "Reviewed", "--json"],
    );
    expect(planOf(approved)).toMatchObject({
      state: "approved",
      decisions: [{ by: { name: "Max" }, decision: "approve", reason: "Reviewed" }],
    });

    const ran = await parapetAs("analyst", "remediate", "run", id);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id}: succeeded`) });
    const back = await parapetAs("analyst", "remediate", "rollback", id, "--reason", "The site needs it");
    expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id}: rolled back`) });

    const history = await parapetAs("manager", "remediate", "history", "--finding", findingId, "--json");
    expect(JSON.parse(history.stdout)).toMatchObject([{ id, state: "rolled_back" }]);
    expect(server.bugs).toEqual([]);
  });

  it("says what is wrong before anything is asked of a cloud", { timeout: long }, async () => {
    const [findingId = ""] = await runs.findings("aws.s3.bucket-public-access", ["acme-prod-old-uploads"]);
    const refused = (...args: string[]) =>
      parapetAs("analyst", "remediate", "plan", ...args, "--reason", "Test");
    const nothing = await refused();
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("--finding") });
    const strange = await refused("--finding", findingId, "--parameter", "colour=red");
    expect(strange).toMatchObject({ code: 1, stderr: expect.stringContaining("no parameter colour") });
    const unfit = await refused("--finding", findingId, "--playbook", "AWS-SG-RESTRICTION");
    expect(unfit).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("of a check that AWS-SG-RESTRICTION doesn't fix"),
    });
    const nobody = await parapetAs(null, "remediate", "history");
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("PARAPET_URL") });
  });
});

describe("playbooks", () => {
  it("are listed and shown, with no installation and with a server", { timeout: long }, async () => {
    for (const who of [null, "analyst"] as const) {
      const listed = await parapetAs(who, "playbooks", "list", "--cloud", "aws", "--json");
      const ids = JSON.parse(listed.stdout).map(({ id }: { id: string }) => id);
      expect(ids).toEqual(expect.arrayContaining(["AWS-PUBLIC-S3", "AWS-SG-RESTRICTION"]));
      const shown = await parapetAs(who, "playbooks", "show", "aws-public-s3");
      expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining("Block public access") });
    }
  });

  it("of one's own are held to the rules", { timeout: long }, async () => {
    const file = join(folder, "close.yaml");
    const text = `id: ACME-CLOSE-BUCKETS
title: Close buckets
description: Blocks public access of our buckets.
category: exposure
clouds: [aws]
severity: high
fixes: [aws.s3.bucket-public-access]
parameters: {}
prerequisites: [write_identity]
risk: medium
approvals: 1
irreversible: []
leftToPeople: []
actions:
  - id: block
    title: Block public access
    kind: aws
    operation: aws.s3.block-public-access
    timeoutSeconds: 60
`;
    await writeFile(file, text);
    expect(await parapetAs(null, "playbooks", "validate", file)).toEqual({
      ...{ code: 0, stderr: "" },
      stdout: "It is a valid playbook.\n",
    });
    await writeFile(file, text.replace("aws.s3.block-public-access", "aws.s3.delete-bucket"));
    const wrong = await parapetAs(null, "playbooks", "validate", file);
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining("aws.s3.delete-bucket") });
  });
});
