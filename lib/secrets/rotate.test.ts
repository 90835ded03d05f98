import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { accountSecrets } from "#db/accounts/schema.ts";
import { auditAlertRules, auditStreams } from "#db/audit/schema.ts";
import { createScope } from "#db/factories.ts";
import { remediationSecrets } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { secretOwnerOf } from "../accounts/open-account.ts";
import { azureInput, clientSecret, connected, newKeyring, readTrail } from "../accounts/test-accounts.ts";
import { openChannel } from "../audit/alerts/channel-secret.ts";
import type { AlertChannel } from "../audit/alerts/model.ts";
import { createAlertRule } from "../audit/alerts/verbs/save-alert-rule.ts";
import { openStreamSecrets } from "../audit/streams/stream-secret.ts";
import { createStream } from "../audit/streams/verbs/create-stream.ts";
import { keepStepSecret, openStepSecret } from "../remediation/step-secrets.ts";
import { type Keyring, provideKeyring } from "./keys.ts";
import { rotateSecrets } from "./rotate.ts";
import { openSecrets, storeSecrets } from "./store.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const both = newKeyring("2026", "2025");
const only = (id: string): Keyring => {
  const key = both.byId.get(id) ?? both.first;
  return { first: key, byId: new Map([[id, key]]) };
};
beforeEach(async () => {
  await db.delete(accountSecrets);
  provideKeyring(only("2025"));
});
const keyIds = async () =>
  (await db.select({ keyId: accountSecrets.keyId }).from(accountSecrets)).map(({ keyId }) => keyId);

it("seals everything under the first key, which then suffices", async () => {
  const one = await connected(db, azureInput);
  const two = await connected(db, azureInput);
  // More than a batch, so that there are several.
  await db.transaction((tx) =>
    storeSecrets(
      tx,
      secretOwnerOf(two.organisationId, { id: two.accountId, sourceId: null }, "write"),
      Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`secret${i}`, `hush ${i}`])),
    ),
  );
  provideKeyring(both);
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 122, unreadable: [], left: 0 });
  expect(new Set(await keyIds())).toEqual(new Set(["2026"]));
  provideKeyring(only("2026"));
  const owner = secretOwnerOf(one.organisationId, { id: one.accountId, sourceId: null });
  expect(await openSecrets(db, owner)).toEqual({ clientSecret });
  const [row] = await db.select().from(accountSecrets).where(eq(accountSecrets.accountId, one.accountId));
  expect(row?.rotatedAt).toBeInstanceOf(Date);
  const trail = (await readTrail(db, one.organisationId)).slice(1);
  expect(trail).toEqual([
    { action: "secrets.rotate", objectId: "2026", before: null, after: { resealed: 1 } },
  ]);
  const others = (await readTrail(db, two.organisationId)).filter(
    ({ action }) => action === "secrets.rotate",
  );
  expect(others.reduce((sum, { after }) => sum + Number(Reflect.get(Object(after), "resealed")), 0)).toBe(
    121,
  );

  // Again: there is nothing to do, and nothing is written.
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 0, unreadable: [], left: 0 });
  expect(await readTrail(db, one.organisationId)).toHaveLength(2);
});

it("goes on where an interrupted run ended", async () => {
  const { organisationId, accountId } = await connected(db, azureInput);
  const owner = secretOwnerOf(organisationId, { id: accountId, sourceId: null }, "write");
  const secrets = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`secret${i}`, `hush ${i}`]));
  await db.transaction((tx) => storeSecrets(tx, owner, secrets));
  provideKeyring(both);
  const controller = new AbortController();
  const run = rotateSecrets(db, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(run).rejects.toThrow(/aborted/);
  const done = (await keyIds()).filter((id) => id === "2026").length;
  expect(done).toBe(100);
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 151, unreadable: [], left: 0 });
  expect(await openSecrets(db, owner)).toEqual(secrets);
});

it("names what no key opens, and leaves it as it is", async () => {
  const { organisationId, accountId } = await connected(db, azureInput);
  await db.execute(sql`update account_secrets set key_id = 'lost' where account_id = ${accountId}`);
  provideKeyring(both);
  expect(await rotateSecrets(db)).toEqual({
    keyId: "2026",
    resealed: 0,
    unreadable: [
      { organisationId, owner: { kind: "account", id: accountId }, name: "clientSecret", keyId: "lost" },
    ],
    left: 0,
  });
  expect(await keyIds()).toEqual(["lost"]);
});

it("says that it is not done while one is in use", async () => {
  const { accountId } = await connected(db, azureInput);
  await connected(db, azureInput);
  provideKeyring(both);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from account_secrets where account_id = ${accountId} for update`);
    expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 1, unreadable: [], left: 1 });
  });
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 1, unreadable: [], left: 0 });
});

it("needs a key", async () => {
  provideKeyring(null);
  await expect(rotateSecrets(db)).rejects.toMatchObject({ code: "unavailable" });
});

it("seals what a fix was handed out, too, as long as nobody has collected it", async () => {
  const { organisationId } = await connected(db, azureInput);
  await db.transaction(async (tx) => {
    // The plan and the step that it belongs to are of no matter here.
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const stepId of ["stp_1", "stp_2"]) {
      await keepStepSecret(tx, { organisationId, planId: "pln_1", stepId, name: "key" }, `hush ${stepId}`);
    }
    await tx.execute(
      sql`update remediation_secrets set sealed = null, key_id = null where step_id = 'stp_2'`,
    );
  });
  provideKeyring(both);
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 2, unreadable: [], left: 0 });
  provideKeyring(only("2026"));
  const rows = await db.select().from(remediationSecrets).orderBy(remediationSecrets.stepId);
  expect(rows.map(({ stepId, keyId }) => ({ stepId, keyId }))).toEqual([
    { stepId: "stp_1", keyId: "2026" },
    { stepId: "stp_2", keyId: null },
  ]);
  const [{ sealed, keyId } = { sealed: null, keyId: null }] = rows;
  if (!sealed || !keyId) throw new Error("The secret is gone.");
  expect(openStepSecret({ organisationId, stepId: "stp_1", name: "key" }, { keyId, sealed })).toBe(
    "hush stp_1",
  );
});

it("seals what the audit trail's webhooks sign with and its alerts' addresses, too", async () => {
  const scope = await createScope(db, { role: "admin" });
  const url = "https://siem.example.com/hook";
  const { streamId, secret } = await createStream(db, scope, { name: "SIEM", url });
  const { ruleId } = await createAlertRule(db, scope, {
    ...{ name: "Failures", threshold: 1, windowMinutes: 1, cooldownMinutes: 1 },
    channels: [
      { kind: "slack", url: "https://hooks.slack.com/one" },
      { kind: "email", userIds: [scope.actor.id] },
      { kind: "discord", url: "https://discord.com/two" },
    ],
  });
  provideKeyring(both);
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 3, unreadable: [], left: 0 });
  expect(await rotateSecrets(db)).toEqual({ keyId: "2026", resealed: 0, unreadable: [], left: 0 });
  provideKeyring(only("2026"));
  const [stream] = await db.select().from(auditStreams).where(eq(auditStreams.id, streamId));
  if (!stream) throw new Error("There is no such stream.");
  expect(openStreamSecrets(stream)).toEqual([{ base64: secret.replace("whsec_", ""), until: null }]);
  const [rule] = await db.select().from(auditAlertRules).where(eq(auditAlertRules.id, ruleId));
  const channels = (rule?.channels ?? []) as AlertChannel[];
  const { organisationId } = scope;
  expect(
    channels.map((channel) =>
      "sealed" in channel
        ? JSON.parse(openChannel({ organisationId, ruleId, channelId: channel.id }, channel))
        : channel.kind,
    ),
  ).toEqual([
    { url: "https://hooks.slack.com/one", secret: null },
    "email",
    { url: "https://discord.com/two", secret: null },
  ]);
});
