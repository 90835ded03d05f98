import { afterAll, describe, expect, it } from "vitest";
import type { AccountView } from "#db/accounts/queries.ts";
import { createAccount, createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { issueToken } from "#lib/api/test-api.ts";
import { createEstate, readFinding } from "#lib/findings/test-findings.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { type Ran, runParapet, startTestServer } from "./test-server.ts";

const { db, url: databaseUrl, close } = await createTestDatabase();
const queue = await openQueue(databaseUrl, { works: false });
provideQueue(queue);
provideKeyring(null);
const { id: organisationId } = await createOrganisation(db, { name: "Acme" });
const estate = await createEstate(db, 3, { organisationId });
const admin = await createUser(db, { organisationId, role: "admin", name: "Ada" });
const token = await issueToken(db, admin);

const server = await startTestServer(db);
const { url, bugs } = server;
afterAll(async () => {
  server.close();
  await queue.close();
  await close();
});

/** Runs the command line as a user does on a machine that has no installation of its own. */
async function parapet(...args: string[]): Promise<Ran> {
  const ran = await runParapet({ PARAPET_URL: url, PARAPET_TOKEN: token }, ...args);
  expect(ran.stdout + ran.stderr).not.toContain(token);
  return ran;
}
const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await parapet(...args)).stdout);
const long = 180_000;

describe("findings on a server", () => {
  it("are listed, grouped and triaged as the token's user", { timeout: long }, async () => {
    const [finding] = await json<{ id: string; controls: unknown[] }[]>(
      "findings",
      "--format",
      "json",
      "--limit",
      "1",
    );
    expect(finding).toMatchObject({ id: expect.stringMatching(/^fnd_/), controls: expect.any(Array) });
    const id = finding?.id ?? "";
    const listed = await parapet("findings", "--state", "new,in_progress");
    expect(listed).toMatchObject({ code: 0, stderr: "3 findings\n" });
    expect(listed.stdout.split("\n")[0]).toMatch(
      /^severity +status +account +region +resource +what +check$/,
    );
    expect(await parapet("findings", "--group", "account")).toMatchObject({ code: 0, stderr: "1 groups\n" });

    const assigned = await parapet("findings", "assign", "ada", id);
    expect(assigned).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Changed 1 of 1 findings\. Undo it with: /),
    });
    expect(await readFinding(db, id)).toMatchObject({ assigneeId: admin.id });
    expect(await parapet("findings", "--assignee", "me")).toMatchObject({ stderr: "1 findings\n" });
    const changeId = /chg_\w+/.exec(assigned.stdout)?.[0] ?? "";
    expect(await parapet("findings", "undo", changeId)).toMatchObject({
      code: 0,
      stdout: "Put back 1 of 1 findings.\n",
    });
    expect(await readFinding(db, id)).toMatchObject({ assigneeId: null });
    expect(await parapet("findings", "comment", id, "Looks real.")).toMatchObject({
      code: 0,
      stdout: "Commented.\n",
    });
    expect(await parapet("findings", "mute", id, "--reason", "Known.", "--until", "7d")).toMatchObject({
      code: 0,
    });
    expect(await readFinding(db, id)).toMatchObject({ state: "muted" });

    const unmeant = await parapet("findings", "status", "in_progress", "--status", "open");
    expect(unmeant).toMatchObject({
      ...{ code: 1, stdout: "" },
      stderr: expect.stringContaining("Nothing was changed. 2 findings match. Add --yes to change them all."),
    });
    expect(await parapet("findings", "status", "in_progress", "--status", "open", "--yes")).toMatchObject({
      ...{ code: 0, stdout: expect.stringContaining("Changed 2 of 2 findings.") },
    });
    expect(await parapet("findings", "unmute")).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("Name findings by their ids") },
    });
    expect(bugs).toEqual([]);
  });

  it("are triaged by nobody on a database itself", { timeout: long }, async () => {
    const here = { DATABASE_URL: databaseUrl, PARAPET_URL: "", PARAPET_TOKEN: "" };
    const ran = await runParapet(here, "findings", "unmute", estate.ids[0] ?? "");
    expect(ran).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("set PARAPET_URL and PARAPET_TOKEN"),
    });
  });
});

describe("accounts on a server", () => {
  it("are listed, shown, changed, disabled and deleted", { timeout: long }, async () => {
    const externalId = "111122223333";
    const roleArn = `arn:aws:iam::${externalId}:role/parapet-read`;
    const connection = { type: "assume_role", roleArn };
    const given = { organisationId, name: "Production", externalId, connection };
    const account = await createAccount(db, given);
    const all = await json<AccountView[]>("accounts", "list", "--json");
    expect(all.map(({ name }) => name)).toContain("Production");
    const edited = await parapet(
      "accounts",
      "edit",
      "Production",
      "--name",
      "Live",
      "--schedule",
      "0 3 * * *",
    );
    expect(edited).toMatchObject({ code: 0, stdout: "Changed Live.\n" });
    expect(await json("accounts", "show", "Live", "--json")).toMatchObject({
      ...{ id: account.id, name: "Live", schedule: "0 3 * * *", revision: 2, resources: [] },
      connection,
    });
    expect(await parapet("accounts", "edit", "Live", "--schedule", "daily")).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("A schedule has five fields") },
    });
    const role = roleArn.replace("read", "write");
    expect(await parapet("accounts", "write-identity", "Live", "--role-arn", role)).toMatchObject({
      ...{ code: 0, stdout: "Fixes in Live have an identity now.\n" },
    });
    expect(await parapet("accounts", "write-identity", "Live", "--remove")).toMatchObject({ code: 0 });
    expect(await parapet("accounts", "disable", "Live")).toMatchObject({
      code: 0,
      stdout: "Disabled Live.\n",
    });
    expect(await parapet("accounts", "enable", "Live")).toMatchObject({ code: 0, stdout: "Enabled Live.\n" });
    const refused = await parapet("accounts", "connect", "aws", "--profile", "no-such-profile");
    expect(refused).toMatchObject({
      ...{ code: 1, stdout: "", stderr: expect.stringContaining("the server can't reach the account") },
    });
    expect(await parapet("accounts", "test", "Live", "--write")).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("has no write identity to test") },
    });
    expect(await parapet("accounts", "delete", "Live", "--confirm", "Live")).toMatchObject({
      ...{ code: 0, stdout: "A worker is deleting Live.\n" },
    });
    expect(await parapet("accounts", "discover", "aws")).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("can't be done through the API") },
    });
    expect(await parapet("accounts", "show", "Nowhere")).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("There is no connected account Nowhere.") },
    });
    expect(bugs).toEqual([]);
  });
});
