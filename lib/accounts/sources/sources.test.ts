import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { listAccounts } from "#db/accounts/queries.ts";
import { accountSources, accounts } from "#db/accounts/schema.ts";
import { getSource, listMembers, listSources } from "#db/accounts/source-queries.ts";
import { createScope } from "#db/factories.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { openSecrets } from "#lib/secrets/store.ts";
import type { OrganisationState } from "#sandbox/aws/handlers/organizations.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant } from "#sandbox/estates/acme-azure.ts";
import { acmeGcpHub, acmeProjects } from "#sandbox/estates/acme-gcp.ts";
import { editAccount } from "../edit-account.ts";
import { secretOwnerOf } from "../open-account.ts";
import { allButAdmin, readTrail } from "../test-accounts.ts";
import { connectMembers } from "./connect-members.ts";
import { connectSource } from "./connect-source.ts";
import { editSource } from "./edit-source.ts";
import { performSync } from "./perform-sync.ts";
import { removeSource } from "./remove-source.ts";
import { requestSync } from "./request-sync.ts";

const cloud = await createTestCloud({ clouds: ["aws", "azure", "gcp"], accounts: [], workers: 0 });
const { db } = cloud.database;
const { sandbox } = cloud;
const { signal } = new AbortController();
provideEmulatorCredentials(sandbox.gcp?.url ?? "", acmeGcpHub);

const organisation = sandbox.estate.accounts
  .get("777788889999")
  ?.state.get("organizations") as OrganisationState;
const allMembers = [...organisation.accounts];
afterEach(() => {
  sandbox.faults.reset();
  organisation.accounts = [...allMembers];
});

const awsSource = {
  cloud: "aws" as const,
  name: "Acme on AWS",
  connection: { type: "ambient" as const, endpointUrl: sandbox.url },
  template: { type: "role" as const, roleName: "ParapetScanner", externalId: "acme-5f1c" },
  environment: "production",
  scanSchedule: "0 3 * * *",
};
const azureConnection = {
  type: "client_secret" as const,
  tenantId: acmeTenant.id,
  clientId: acmeScanner.appId,
  emulator: {
    resourceManagerUrl: sandbox.azure?.url ?? "",
    authorityUrl: sandbox.azure?.authorityUrl ?? "",
    graphUrl: sandbox.azure?.graphUrl ?? "",
    ca: sandbox.azure?.ca ?? "",
  },
};
const { clientSecret } = acmeScanner;
const azureSource = {
  cloud: "azure" as const,
  name: "Acme on Azure",
  connection: azureConnection,
  secrets: { clientSecret },
};

async function withSource(input: Parameters<typeof connectSource>[2] = awsSource) {
  const scope = await createScope(db, { role: "admin" });
  const { sourceId } = await connectSource(db, scope, input);
  await performSync(db, sourceId, signal);
  return { scope, sourceId, organisationId: scope.organisationId };
}
const statesOf = async (scope: Scope, sourceId: string) =>
  (await listMembers(db, scope, sourceId)).map(
    ({ name, state, account }) => `${name}: ${state}${account ? ", connected" : ""}`,
  );
const accountOf = async (externalId: string, organisationId: string) =>
  (await db.select().from(accounts).where(eq(accounts.organisationId, organisationId))).find(
    (account) => account.externalId === externalId,
  );

describe("looking for members", () => {
  it("lists an AWS organisation's accounts, over pages, and connects none by itself", async () => {
    organisation.accounts = [
      ...allMembers,
      ...Array.from({ length: 30 }, (_, i) => ({
        Id: String(600_000_000_000 + i),
        Name: `Team ${i}`,
        State: "ACTIVE" as const,
      })),
    ];
    const { scope, sourceId } = await withSource();
    const members = await listMembers(db, scope, sourceId);
    expect(members).toHaveLength(36);
    organisation.accounts = [...allMembers];
    await performSync(db, sourceId, signal);
    expect((await statesOf(scope, sourceId)).filter((line) => !line.startsWith("Team"))).toEqual([
      "Acme Loyalty Pilot: active",
      "Acme Management: active",
      "Acme Production: active",
      "Acme Security Tooling: active",
      "Acme Staging: active",
      "Acme Legacy Shop: suspended",
    ]);
    expect(await getSource(db, scope, sourceId)).toMatchObject({
      members: { active: 5, suspended: 1, gone: 30, connected: 0 },
      lastSync: { error: null, members: 6, appeared: 0, connected: 0, suspended: 1, gone: 30 },
    });
    expect(await listAccounts(db, scope)).toEqual([]);
  });

  it("lists Azure's subscriptions and their directory", async () => {
    const { scope, sourceId } = await withSource(azureSource);
    expect(
      (await listMembers(db, scope, sourceId)).map(({ externalId, level }) => `${level} ${externalId}`),
    ).toEqual([...acmeSubscriptions.map(({ id }) => `account ${id}`), `directory ${acmeTenant.id}`]);
  });

  it("lists the projects that a Google identity can see", async () => {
    const connection = { type: "application_default" as const, endpointUrl: sandbox.gcp?.url };
    const template = { type: "service_account" as const, accountName: "parapet-scanner" };
    const { scope, sourceId } = await withSource({
      cloud: "gcp",
      name: "Acme on Google",
      connection,
      template,
    });
    const members = await listMembers(db, scope, sourceId);
    expect(members.map(({ externalId }) => externalId)).toEqual(acmeProjects.map(({ id }) => id));
    await connectMembers(db, scope, { sourceId, externalIds: members.map(({ externalId }) => externalId) });
    const [analytics] = await listAccounts(db, scope);
    expect(analytics).toMatchObject({
      cloud: "gcp",
      connectionType: "impersonate",
      source: { id: sourceId },
    });
  });

  it("marks who is gone or suspended, deletes nobody, and says so with the account", async () => {
    const { scope, sourceId } = await withSource();
    await connectMembers(db, scope, { sourceId, externalIds: ["444455556666", "111122223333"] });
    organisation.accounts = allMembers
      .filter(({ Id }) => Id !== "444455556666")
      .map((account) =>
        account.Id === "111122223333" ? { ...account, State: "SUSPENDED" as const } : account,
      );
    await performSync(db, sourceId, signal);
    const listed = await listAccounts(db, scope);
    expect(listed.map(({ name, membership }) => ({ name, state: membership?.state }))).toEqual([
      { name: "Acme Production", state: "suspended" },
      { name: "Acme Staging", state: "gone" },
    ]);
    organisation.accounts = [...allMembers];
    await performSync(db, sourceId, signal);
    expect((await listAccounts(db, scope)).map(({ membership }) => membership?.state)).toEqual([
      "active",
      "active",
    ]);
    const synced = (await readTrail(db, scope.organisationId)).filter(
      ({ action }) => action === "account_source.sync",
    );
    expect(synced.map(({ after }) => after)).toEqual([
      expect.objectContaining({ counts: expect.objectContaining({ appeared: 6, gone: 0, suspended: 1 }) }),
      expect.objectContaining({ gone: ["444455556666"], suspended: ["111122223333", "333322221111"] }),
      expect.objectContaining({ appeared: ["444455556666"], gone: [] }),
    ]);
  });

  it("changes nothing when the provider refuses, and tells what it said", async () => {
    const { scope, sourceId } = await withSource();
    const before = await listMembers(db, scope, sourceId);
    sandbox.faults.deny = ["organizations:ListAccounts"];
    await performSync(db, sourceId, signal);
    expect(await listMembers(db, scope, sourceId)).toEqual(before);
    const { lastSync } = await getSource(db, scope, sourceId);
    expect(lastSync?.error).toMatch(
      /^The members can't be listed \(organizations:ListAccounts\)\. AccessDenied/,
    );
  });

  it("connects new members by itself where it shall, and never one that somebody took out", async () => {
    const { scope, sourceId, organisationId } = await withSource({ ...awsSource, autoConnect: true });
    const first = await listAccounts(db, scope);
    expect(first.map(({ name }) => name)).toEqual([
      "Acme Loyalty Pilot",
      "Acme Management",
      "Acme Production",
      "Acme Security Tooling",
      "Acme Staging",
    ]);
    expect(first[0]).toMatchObject({
      environment: "production",
      schedule: "0 3 * * *",
      source: { id: sourceId },
    });
    // The account that the source's own key belongs to is reached as the source is; the others by the role.
    expect((await accountOf("777788889999", organisationId))?.connection).toEqual(awsSource.connection);
    expect((await accountOf("222211110000", organisationId))?.connection).toEqual({
      type: "assume_role",
      roleArn: "arn:aws:iam::222211110000:role/ParapetScanner",
      externalId: "acme-5f1c",
      endpointUrl: sandbox.url,
    });
    await db.delete(accounts).where(eq(accounts.id, first[0]?.id ?? ""));
    organisation.accounts = [...allMembers, { Id: "555566667777", Name: "Acme Newcomer", State: "ACTIVE" }];
    await performSync(db, sourceId, signal);
    expect((await listAccounts(db, scope)).map(({ name }) => name)).toEqual([
      "Acme Management",
      "Acme Newcomer",
      "Acme Production",
      "Acme Security Tooling",
      "Acme Staging",
    ]);
  });

  it("leaves a newer look's findings alone", async () => {
    const { scope, sourceId } = await withSource();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let held = false;
    sandbox.faults.beforeHandler = async ({ operation }) => {
      if (operation !== "ListAccounts" || held) return;
      held = true;
      reach();
      await gate;
    };
    organisation.accounts = allMembers.slice(0, 1);
    const slow = performSync(db, sourceId, signal);
    await reached;
    await performSync(db, sourceId, signal);
    const { lastSync } = await getSource(db, scope, sourceId);
    open();
    await slow;
    expect((await getSource(db, scope, sourceId)).lastSync).toEqual(lastSync);
  });
});

describe("picking members", () => {
  it("connects them to follow the source, and a second time is a conflict", async () => {
    const { scope, sourceId, organisationId } = await withSource(azureSource);
    const externalIds = acmeSubscriptions.map(({ id }) => id);
    const { accountIds } = await connectMembers(db, scope, { sourceId, externalIds, environment: "staging" });
    expect(accountIds).toHaveLength(2);
    const [apps] = await listAccounts(db, scope);
    expect(apps).toMatchObject({ name: "Acme Apps", environment: "staging", source: { id: sourceId } });
    // The secret is the source's: it is stored once, and renewed for all of them at once.
    const owner = secretOwnerOf(organisationId, { id: accountIds[0] ?? "", sourceId });
    expect(await openSecrets(db, owner)).toEqual({ clientSecret });
    await expect(connectMembers(db, scope, { sourceId, externalIds })).rejects.toMatchObject({
      code: "conflict",
    });
    const connects = (await readTrail(db, organisationId)).filter(
      ({ action }) => action === "account.connect",
    );
    expect(connects.map(({ objectId, after }) => [objectId, Reflect.get(Object(after), "source")])).toEqual(
      accountIds.map((id) => [id, sourceId]),
    );
  });

  it("refuses who is no member", async () => {
    const { scope, sourceId } = await withSource();
    const attempt = connectMembers(db, scope, { sourceId, externalIds: ["999999999999"] });
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a source", () => {
  it("is audited without its secrets, and its name is taken once", async () => {
    const { scope, sourceId, organisationId } = await withSource(azureSource);
    await expect(connectSource(db, scope, azureSource)).rejects.toMatchObject({ code: "conflict" });
    const [entry] = await readTrail(db, organisationId);
    expect(entry).toMatchObject({
      action: "account_source.connect",
      objectId: sourceId,
      after: { name: "Acme on Azure", template: { type: "same" }, secrets: ["clientSecret"] },
    });
    expect(JSON.stringify(entry)).not.toContain(clientSecret);
    expect(await listSources(db, scope)).toMatchObject([{ id: sourceId, secrets: ["clientSecret"] }]);
  });

  it("takes its followers along when it is reached another way", async () => {
    const { scope, sourceId, organisationId } = await withSource();
    const externalIds = ["111122223333", "444455556666"];
    await connectMembers(db, scope, { sourceId, externalIds });
    const own = await accountOf("444455556666", organisationId);
    await editAccount(db, scope, { accountId: own?.id ?? "", revision: 1, connection: { type: "ambient" } });
    const { revision } = await getSource(db, scope, sourceId);
    const template = { type: "role", roleName: "Other/ParapetReader" };
    expect(await editSource(db, scope, { sourceId, revision, template })).toMatchObject({ followers: 1 });
    expect((await accountOf("111122223333", organisationId))?.connection).toMatchObject({
      roleArn: "arn:aws:iam::111122223333:role/Other/ParapetReader",
    });
    // What was given a connection of its own has it still.
    expect((await accountOf("444455556666", organisationId))?.connection).toEqual({ type: "ambient" });
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      action: "account_source.edit",
      objectId: sourceId,
      before: { template: awsSource.template },
      after: { template, followers: 1 },
    });
    const late = editSource(db, scope, { sourceId, revision, name: "Late" });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const same = editSource(db, scope, { sourceId, revision: revision + 1, name: awsSource.name });
    await expect(same).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves its followers reachable when it is removed", async () => {
    const { scope, sourceId, organisationId } = await withSource(azureSource);
    const [externalId = ""] = acmeSubscriptions.map(({ id }) => id);
    const { accountIds } = await connectMembers(db, scope, { sourceId, externalIds: [externalId] });
    const unconfirmed = removeSource(db, scope, { sourceId, confirmation: "Acme" });
    await expect(unconfirmed).rejects.toMatchObject({ code: "invalid_input" });
    expect(await removeSource(db, scope, { sourceId, confirmation: azureSource.name })).toEqual({
      sourceId,
      keptAccounts: 1,
    });
    const [id = ""] = accountIds;
    expect(await openSecrets(db, secretOwnerOf(organisationId, { id, sourceId: null }))).toEqual({
      clientSecret,
    });
    expect(await listAccounts(db, scope)).toMatchObject([{ id, source: null, membership: null }]);
    expect(await db.select().from(accountSources).where(eq(accountSources.id, sourceId))).toEqual([]);
  });

  it("refuses a template that doesn't go with its connection", async () => {
    const scope = await createScope(db, { role: "admin" });
    const wrong = { ...awsSource, template: { type: "role" as const, roleName: "no role" } };
    await expect(connectSource(db, scope, wrong)).rejects.toMatchObject({
      fields: { "template.roleName": expect.stringContaining("A role's name") },
    });
  });
});

describe("another organisation's source, and people who may not", () => {
  const attempts = (scope: Scope, sourceId: string) => [
    editSource(db, scope, { sourceId, revision: 1, name: "Mine" }),
    removeSource(db, scope, { sourceId, confirmation: awsSource.name }),
    requestSync(db, scope, { sourceId }),
    connectMembers(db, scope, { sourceId, externalIds: ["111122223333"] }),
  ];
  const codes = async (tries: Promise<unknown>[]) =>
    (await Promise.allSettled(tries)).map((one) => (one.status === "rejected" ? one.reason.code : "done"));

  it("is not found", async () => {
    const { sourceId } = await withSource();
    const stranger = await createScope(db, { role: "admin" });
    expect(await codes(attempts(stranger, sourceId))).toEqual(Array.from({ length: 4 }, () => "not_found"));
    await expect(listMembers(db, stranger, sourceId)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(allButAdmin)("are refused: a %s", async (role) => {
    const { sourceId, organisationId } = await withSource();
    const scope = await createScope(db, { role, organisationId });
    const tries = [...attempts(scope, sourceId), connectSource(db, scope, awsSource)];
    expect(await codes(tries)).toEqual(Array.from({ length: 5 }, () => "forbidden"));
  });
});
