import { execFile } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import type { AccountView } from "#db/accounts/queries.ts";
import type { ConnectionTest } from "#db/accounts/schema.ts";
import type { MemberView } from "#db/accounts/source-queries.ts";
import { createOrganisation } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { performDeletion } from "#lib/accounts/perform-deletion.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { startSandbox } from "#sandbox/server.ts";

const { db, url, close } = await createTestDatabase();
const sandbox = await startSandbox({ estate: buildAcme(), services });
await createOrganisation(db, { name: "Acme" });
afterAll(async () => {
  await sandbox.close();
  await close();
});

type Ran = { code: number; stdout: string; stderr: string };

/** Runs the command line as a user does, over an installation's database. */
function parapet(...args: string[]): Promise<Ran> {
  const environment = {
    NODE_ENV: "test" as const,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: url,
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: acmeHub.accessKeyId,
    AWS_SECRET_ACCESS_KEY: acmeHub.secretAccessKey,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["cli/bin.mjs", ...args], { env: environment }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await parapet(...args, "--json")).stdout);
const role = "arn:aws:iam::111122223333:role/ParapetScanner";
const long = 120_000;

describe("an account on the command line", () => {
  it("is connected, listed, tested, changed, disabled and deleted", { timeout: long }, async () => {
    const refused = await parapet("connect", "aws", "--role-arn", role);
    expect(refused).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("Nothing was connected: the account can't be reached. AccessDenied"),
    });
    const connected = await parapet(
      ...["accounts", "connect", "aws", "--role-arn", role, "--external-id", "acme-production-5f1c"],
      ...["--name", "Production", "--environment", "production"],
    );
    expect(connected).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Connected account 111122223333; scan scn_/),
    });
    const [account] = await json<AccountView[]>("accounts", "list");
    expect(account).toMatchObject({
      ...{ cloud: "aws", externalId: "111122223333", name: "Production", environment: "production" },
      ...{ connectionType: "assume_role", health: "unscanned", revision: 1 },
    });

    expect(await parapet("accounts", "test", "Production")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing is missing."),
    });
    sandbox.faults.deny = ["kms:ListKeys"];
    const lacking = await parapet("accounts", "test", "111122223333", "--json");
    sandbox.faults.reset();
    const test: ConnectionTest = JSON.parse(lacking.stdout);
    expect({ code: lacking.code, missing: test.missing }).toEqual({
      code: 2,
      missing: [{ service: "kms", permissions: ["kms:ListKeys"] }],
    });

    const edited = [
      "accounts",
      "edit",
      "Production",
      "--name",
      "Live",
      "--region",
      "eu-west-1",
      "--no-environment",
    ];
    expect(await parapet(...edited)).toMatchObject({ code: 0, stdout: "Changed Live.\n" });
    expect(await parapet("accounts", "edit", "Live", "--schedule", "daily")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("A schedule has five fields"),
    });
    const remediator = role.replace("Scanner", "Remediator");
    expect(await parapet("accounts", "write-identity", "Live")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Nothing was changed. Say how the identity is reached"),
    });
    expect(await parapet("accounts", "write-identity", "Live", "--role-arn", remediator)).toMatchObject({
      code: 0,
      stdout: "Fixes in Live have an identity now.\n",
    });
    expect(await json("accounts", "show", "Live")).toMatchObject({
      connection: { roleArn: role },
      writeConnection: { roleArn: remediator },
    });
    expect(await parapet("accounts", "write-identity", "Live", "--remove")).toMatchObject({
      code: 0,
      stdout: "Live can only be read now.\n",
    });
    expect(await json("accounts", "show", "Live")).toMatchObject({ writeConnection: null });
    expect(await parapet("accounts", "disable", "Live")).toMatchObject({
      code: 0,
      stdout: "Disabled Live.\n",
    });
    expect(await json("accounts", "show", "Live")).toMatchObject({
      ...{ name: "Live", regions: ["eu-west-1"], environment: null, health: "disabled", resources: [] },
      connection: { roleArn: role },
    });
    expect((await parapet("accounts", "show", "Live")).stdout).toMatch(/^health +disabled$/m);
    expect((await parapet("accounts", "enable", "Live")).code).toBe(0);

    const unmeant = await parapet("accounts", "delete", "Live", "--confirm", "Production");
    expect(unmeant).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Type the account's name, Live"),
    });
    const deleted = await parapet("accounts", "delete", "Live", "--confirm", "Live");
    expect(deleted).toMatchObject({ code: 0, stdout: "A worker is deleting Live.\n" });
    await performDeletion(db, account?.id ?? "", new AbortController().signal);
    expect(await json("accounts", "list")).toEqual([]);
  });

  it("that isn't there is told with the choice", async () => {
    expect(await parapet("accounts", "show", "Nowhere")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no connected account Nowhere."),
    });
  });
});

describe("discovery on the command line", () => {
  it("lists, keeps a source, and connects who is picked", { timeout: long }, async () => {
    const seen = await json<MemberView[]>("accounts", "discover", "aws");
    expect(seen.map(({ name }) => name)).toContain("Acme Loyalty Pilot");
    const saving = ["accounts", "discover", "aws", "--save", "Acme", "--member-role", "ParapetScanner"];
    expect(await parapet(...saving)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("Kept as source Acme"),
    });
    const members = await json<MemberView[]>("accounts", "sync", "--connect", "444455556666");
    expect(members.filter(({ account }) => account !== null)).toMatchObject([
      { externalId: "444455556666", account: { name: "Acme Staging", disabled: false } },
    ]);
    sandbox.faults.deny = ["organizations:*"];
    const refused = await parapet("accounts", "sync", "Acme");
    sandbox.faults.reset();
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("The members can't be listed"),
    });
  });
});
