import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { listAlertRules } from "#db/audit/alerts.ts";
import { auditAlertRules, auditAlerts, auditEntries } from "#db/audit/schema.ts";
import { createUser } from "#db/factories.ts";
import { users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { newKeyring } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { provideKeyring } from "../../secrets/keys.ts";
import { appendAudit } from "../append.ts";
import { expectedSignature, openReceiver } from "../streams/test-receiver.ts";
import { sealChannel } from "./channel-secret.ts";
import { performAlerts } from "./evaluate.ts";
import { registerAlertHandler } from "./handler.ts";
import type { AlertChannel, ChannelOutcome } from "./model.ts";
import { giveUpTelling, performTelling, TellingFailed } from "./perform-telling.ts";
import type { ChannelInput } from "./verbs/inputs.ts";
import { changeAlertRule, createAlertRule, deleteAlertRule } from "./verbs/save-alert-rule.ts";
import { testAlertRule } from "./verbs/test-alert-rule.ts";

const given = vi.hoisted(() => ({ smtp: "", scripts: "" }));
vi.mock("../../env.ts", async (original) => {
  const real = await original<typeof import("../../env.ts")>();
  return {
    ...real,
    env: () => ({
      ...real.env(),
      authUrl: "https://parapet.example.com",
      mail: given.smtp ? { url: given.smtp, from: "Parapet <parapet@example.com>" } : undefined,
      scripts: given.scripts,
    }),
  };
});

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
provideKeyring(newKeyring("2026"));
const receiver = await openReceiver();

let refusing = false;
let mails: { to: string[]; raw: string }[] = [];
const smtp = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onRcptTo: (_address, _session, done) =>
    refusing ? done(Object.assign(new Error("Mailbox busy"), { responseCode: 450 })) : done(),
  onData: (stream, session, done) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      mails.push({ to, raw: Buffer.concat(parts).toString("utf8") });
      done();
    });
  },
});
const folder = mkdtempSync(join(tmpdir(), "parapet-alerts-"));
const told: { id: string; settings: unknown }[] = [];
let handlerFails = false;
registerAlertHandler("test_pager", {
  title: "Our pager",
  settings: [{ name: "routingKey", title: "Routing key" }],
  tell: async (notice, { settings }) => {
    if (handlerFails) throw new Error(`The pager refused ${settings.routingKey}.`);
    told.push({ id: notice.id, settings });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  given.smtp = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
  const script = join(folder, "tell.sh");
  writeFileSync(
    script,
    `#!/bin/sh\nprintf '%s %s %s' "$PARAPET_ALERT_RULE" "$PARAPET_ALERT_COUNT" "$1" > ${folder}/told\n`,
  );
  chmodSync(script, 0o700);
  given.scripts = join(folder, "scripts.json");
  const tell = { title: "Tell the desk", path: script, arguments: ["[a-z]+"] };
  writeFileSync(given.scripts, JSON.stringify({ tell }), { mode: 0o600 });
});
afterEach(async () => {
  receiver.reset();
  refusing = false;
  handlerFails = false;
  mails = [];
  told.length = 0;
  await db.delete(auditAlertRules);
});
afterAll(async () => {
  receiver.close();
  rmSync(folder, { recursive: true });
  await new Promise<void>((resolve) => smtp.close(resolve));
  await queue.close();
  await close();
});

const here = { allowLoopback: true, timeoutMs: 5_000 };
const minute = 60_000;
/** After all that was written so far, and before all that is written from now on. */
const now = () => {
  const last = Date.now();
  while (Date.now() === last) {
    // Another moment is at most a millisecond away.
  }
  return new Date(last + 1);
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute);

async function world() {
  const user = await createUser(db, { role: "admin", name: "Ada <b>" });
  return { user, scope: Scope.ofUser(user) };
}
type World = Awaited<ReturnType<typeof world>>;

const rule = (channels: ChannelInput[], changes: object = {}) => ({
  ...{ name: "Many failures", threshold: 3, windowMinutes: 10, cooldownMinutes: 60, channels },
  ...changes,
});

/** A rule whose addresses lead to this machine, which no verb lets be set. */
async function ruleTo(
  { scope }: World,
  kind: "slack" | "discord" | "webhook",
  path = "/hook",
): Promise<{ ruleId: string; secret: string }> {
  const made = await createAlertRule(db, scope, rule([{ kind, url: "https://example.com/hook" }]));
  const [row] = await db.select().from(auditAlertRules).where(eq(auditAlertRules.id, made.ruleId));
  const [channel] = (row?.channels ?? []) as AlertChannel[];
  if (!channel || !("sealed" in channel)) throw new Error("There is no such channel.");
  const secret = made.secrets[channel.id] ?? "";
  const place = { organisationId: scope.organisationId, ruleId: made.ruleId, channelId: channel.id };
  const sealed = JSON.stringify({
    ...{ url: `${receiver.origin}${path}`, secret: secret ? secret.replace("whsec_", "") : null },
  });
  const channels = [{ ...channel, ...sealChannel(place, sealed) }];
  await db.update(auditAlertRules).set({ channels }).where(eq(auditAlertRules.id, made.ruleId));
  return { ruleId: made.ruleId, secret };
}

const fail = (
  { scope }: World,
  count: number,
  action = "scan.start",
  result: "failed" | "refused" = "failed",
) =>
  db.transaction(async (tx) => {
    for (let each = 0; each < count; each += 1) {
      await appendAudit(tx, scope, { action, result, object: { kind: "scan", id: `scn_${each}` } });
    }
  });

const alertsOf = ({ scope }: World) =>
  db
    .select()
    .from(auditAlerts)
    .where(eq(auditAlerts.organisationId, scope.organisationId))
    .orderBy(auditAlerts.at)
    .then((rows) => rows.map((row) => ({ ...row, outcomes: row.outcomes as ChannelOutcome[] })));

/** Raises what is due and tells everyone, as the worker would. */
async function raise(of: World, at = now()) {
  await performAlerts(db, at);
  for (const { id, outcomes } of await alertsOf(of)) {
    for (const { key } of outcomes) await performTelling(db, { alertId: id, key }, here);
  }
  return alertsOf(of);
}
const first = <T>(rows: readonly T[]): T => {
  const [row] = rows;
  if (!row) throw new Error("There is none.");
  return row;
};

describe("a rule", () => {
  it("raises one alert at its threshold, with the newest entries, and says so in the trail", async () => {
    const of = await world();
    const { ruleId } = await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }]));
    await fail(of, 2);
    expect(await raise(of)).toEqual([]);
    await fail(of, 1, "user.invite", "refused");
    const alert = first(await raise(of));
    expect(alert).toMatchObject({ ruleId, name: "Many failures", count: 3, threshold: 3, windowMinutes: 10 });
    expect(alert.samples).toEqual([
      expect.objectContaining({
        action: "user.invite",
        result: "refused",
        actor: { kind: "user", id: of.user.id },
      }),
      expect.objectContaining({ action: "scan.start", object: { kind: "scan", id: "scn_1" } }),
      expect.objectContaining({ action: "scan.start", object: { kind: "scan", id: "scn_0" } }),
    ]);
    expect(alert.outcomes).toEqual([
      expect.objectContaining({ kind: "email", to: of.user.id, state: "told", attempts: 1, error: null }),
    ]);
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.objectId, alert.id));
    expect(entry).toMatchObject({
      ...{ action: "alert.raise", actorKind: "system", actorId: "alerts", result: "done" },
      after: expect.objectContaining({ rule: ruleId, count: 3, channels: ["email"] }),
    });
  });

  it("is silent for its cooldown, and counts nothing for two alerts", async () => {
    const of = await world();
    await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }]));
    await fail(of, 3);
    await raise(of);
    await fail(of, 5);
    expect(await raise(of, inMinutes(5))).toHaveLength(1);
    // A worker that was restarted knows as much.
    expect(await raise(of, inMinutes(59))).toHaveLength(1);
    // What failed during the cooldown has left the window by now.
    expect(await raise(of, inMinutes(61))).toHaveLength(1);
  });

  it("goes on after its cooldown with what failed since, and not with what was told", async () => {
    const of = await world();
    const channels = [{ kind: "email" as const, userIds: [of.user.id] }];
    await createAlertRule(db, of.scope, rule(channels, { windowMinutes: 600, cooldownMinutes: 1 }));
    await fail(of, 3);
    await raise(of);
    expect(await raise(of, inMinutes(2))).toHaveLength(1);
    await fail(of, 3);
    expect((await raise(of, inMinutes(2))).map(({ count }) => count)).toEqual([3, 3]);
  });

  it("counts what it asks for alone, of its own organisation", async () => {
    const [of, other] = [await world(), await world()];
    const match = { actions: ["user.*"], results: ["refused" as const], objectKinds: [], actors: [] };
    await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }], { match }));
    await fail(other, 5, "user.invite", "refused");
    await fail(of, 5, "scan.start", "refused");
    await fail(of, 5, "user.invite", "failed");
    await fail(of, 2, "user.invite", "refused");
    expect(await raise(of)).toEqual([]);
    await fail(of, 1, "user.disable", "refused");
    expect(first(await raise(of)).count).toBe(3);
  });

  it("raises nothing twice when two workers look at the same time, nor when it is off", async () => {
    const of = await world();
    const { ruleId } = await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }]));
    await fail(of, 3);
    await Promise.all([performAlerts(db, now()), performAlerts(db, now()), performAlerts(db, now())]);
    expect(await alertsOf(of)).toHaveLength(1);
    await changeAlertRule(db, of.scope, { ruleId, revision: 0, enabled: false });
    await fail(of, 3);
    await performAlerts(db, inMinutes(61));
    expect(await alertsOf(of)).toHaveLength(1);
  });

  it("that can't be judged keeps nothing from the others", async () => {
    const [broken, of] = [await world(), await world()];
    const channels = (userId: string) => [{ kind: "email" as const, userIds: [userId] }];
    const { ruleId } = await createAlertRule(db, broken.scope, rule(channels(broken.user.id)));
    await db
      .update(auditAlertRules)
      .set({ match: { results: "all" } })
      .where(eq(auditAlertRules.id, ruleId));
    await createAlertRule(db, of.scope, rule(channels(of.user.id)));
    await fail(of, 3);
    await expect(performAlerts(db, now())).rejects.toThrow("One or more rules could not be judged.");
    expect(await alertsOf(of)).toHaveLength(1);
  });

  it("does not count that somebody could not be told", async () => {
    const of = await world();
    await ruleTo(of, "webhook");
    await fail(of, 3);
    receiver.answer((response) => void response.writeHead(404).end());
    const alert = first(await raise(of));
    expect(alert.outcomes).toEqual([
      expect.objectContaining({ state: "failed", attempts: 1, error: "The receiver answered 404." }),
    ]);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.objectId, alert.id));
    expect(entries.map(({ action, result }) => [action, result])).toEqual([
      ["alert.raise", "done"],
      ["alert.fail", "failed"],
    ]);
    await db.update(auditAlertRules).set({ threshold: 1, cooldownMinutes: 1 });
    expect(await raise(of, inMinutes(2))).toHaveLength(1);
  });
});

describe("a channel", () => {
  it("is tried again while it is away, and given up by the queue", async () => {
    const of = await world();
    await ruleTo(of, "slack");
    await fail(of, 3);
    receiver.answer((response) => void response.writeHead(503).end());
    await performAlerts(db, now());
    const { id: alertId, outcomes } = first(await alertsOf(of));
    const { key } = first(outcomes);
    await expect(performTelling(db, { alertId, key }, here)).rejects.toThrow(TellingFailed);
    await expect(performTelling(db, { alertId, key }, here)).rejects.toThrow("The receiver answered 503.");
    expect(first(first(await alertsOf(of)).outcomes)).toMatchObject({ state: "waiting", attempts: 2 });
    await giveUpTelling(db, { alertId, key });
    receiver.answer(null);
    await performTelling(db, { alertId, key }, here);
    expect(first(first(await alertsOf(of)).outcomes)).toMatchObject({
      ...{ state: "failed", attempts: 2, error: "The receiver answered 503." },
    });
  });

  it("of each kind says it in its own way", async () => {
    const of = await world();
    const { secret } = await ruleTo(of, "webhook", "/own");
    await db.update(auditAlertRules).set({ name: "Own" });
    await ruleTo(of, "slack", "/slack");
    await db
      .update(auditAlertRules)
      .set({ name: "Slack <!here>" })
      .where(eq(auditAlertRules.name, "Many failures"));
    await ruleTo(of, "discord", "/discord");
    await db
      .update(auditAlertRules)
      .set({ name: "@everyone **look**" })
      .where(eq(auditAlertRules.name, "Many failures"));
    await fail(of, 3);
    await raise(of);
    const by = Object.fromEntries(receiver.received.map((each) => [each.path, each]));
    const own = by["/own"];
    if (!own) throw new Error("The webhook got nothing.");
    expect(JSON.parse(own.body)).toMatchObject({
      type: "audit.alert",
      data: { count: 3, rule: { name: "Own" }, url: "https://parapet.example.com/audit" },
    });
    expect(own.headers["webhook-signature"]).toBe(expectedSignature(own, secret));
    const slack = JSON.parse(by["/slack"]?.body ?? "");
    expect(slack.text).toBe("Slack &lt;!here&gt;: 3 acts failed or were refused within 10 minutes.");
    expect(slack.blocks[0]).toEqual({
      type: "header",
      text: { type: "plain_text", text: "Slack <!here>", emoji: false },
    });
    const discord = JSON.parse(by["/discord"]?.body ?? "");
    expect(discord.allowed_mentions).toEqual({ parse: [] });
    expect(discord.embeds[0]).toMatchObject({
      ...{ title: "\\@everyone \\*\\*look\\*\\*", url: "https://parapet.example.com/audit" },
      description: expect.stringContaining("• scan.start on scan scn\\_2: failed, Ada \\<b\\>"),
    });
    expect(by["/slack"]?.headers["webhook-signature"]).toBeUndefined();
  });

  it("never leads inside", async () => {
    const of = await world();
    await ruleTo(of, "slack");
    await fail(of, 3);
    await performAlerts(db, now());
    const { id: alertId, outcomes } = first(await alertsOf(of));
    await performTelling(db, { alertId, key: first(outcomes).key });
    expect(receiver.received).toEqual([]);
    expect(first(first(await alertsOf(of)).outcomes)).toMatchObject({
      ...{ state: "failed", error: "A webhook's URL begins with https." },
    });
  });

  it("of e-mail tells each of its people by themselves, and nobody who can't sign in any more", async () => {
    const of = await world();
    const { organisationId } = of.scope;
    const gone = await createUser(db, { organisationId, role: "auditor" });
    await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id, gone.id] }]));
    await db.update(users).set({ disabledAt: now() }).where(eq(users.id, gone.id));
    await fail(of, 3);
    const { outcomes } = first(await raise(of));
    expect(outcomes.map(({ to, state, error }) => [to, state, error])).toEqual([
      [of.user.id, "told", null],
      [gone.id, "failed", "They can't sign in any more, so nothing was sent."],
    ]);
    expect(mails.map(({ to }) => to)).toEqual([[of.user.email]]);
    expect(mails[0]?.raw).toContain("Subject: Alert: Many failures");
    expect(mails[0]?.raw).toContain("3 acts failed or were refused within 10 minutes.");
  });

  it("of e-mail waits for the mail server", async () => {
    const of = await world();
    await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }]));
    await fail(of, 3);
    refusing = true;
    await expect(raise(of)).rejects.toThrow(
      "127.0.0.1 refused the sender or the recipient. It said: 450 Mailbox busy",
    );
    refusing = false;
    expect(first(first(await raise(of)).outcomes)).toMatchObject({ state: "told", attempts: 2 });
  });

  it("of a handler is told with its settings, which are kept sealed and out of errors", async () => {
    const of = await world();
    const settings = { routingKey: "hush-hush-1" };
    await createAlertRule(db, of.scope, rule([{ kind: "custom", handler: "test_pager", settings }]));
    const [row] = await db.select().from(auditAlertRules);
    expect(JSON.stringify(row)).not.toContain("hush-hush-1");
    await fail(of, 3);
    handlerFails = true;
    await expect(raise(of)).rejects.toThrow("The pager refused ….");
    handlerFails = false;
    const alert = first(await raise(of));
    expect(told).toEqual([{ id: alert.id, settings }]);
  });

  it("of a script runs it with what it was given, once, and not when it has changed since", async () => {
    const of = await world();
    await createAlertRule(db, of.scope, rule([{ kind: "script", script: "tell", arguments: ["desk"] }]));
    await fail(of, 3);
    const alert = first(await raise(of));
    expect(first(alert.outcomes)).toMatchObject({ kind: "script", to: "tell", state: "told" });
    expect(readFileSync(join(folder, "told"), "utf8")).toBe("Many failures 3 desk");

    await db.update(auditAlerts).set({
      outcomes: [{ ...first(alert.outcomes), state: "begun" }],
    });
    await performTelling(db, { alertId: alert.id, key: first(alert.outcomes).key });
    expect(first(first(await alertsOf(of)).outcomes)).toMatchObject({
      ...{ state: "failed", error: "tell was cut off while it ran, and isn't one that may be run again." },
    });
    await db.update(auditAlertRules).set({
      channels: [
        { id: first(alert.outcomes).key, kind: "script", script: "tell", arguments: ["desk"], sha256: "0" },
      ],
    });
    await db.update(auditAlerts).set({ outcomes: [{ ...first(alert.outcomes), state: "waiting" }] });
    await performTelling(db, { alertId: alert.id, key: first(alert.outcomes).key });
    expect(first(first(await alertsOf(of)).outcomes).error).toContain("has changed since the rule was saved");
  });

  it("of a rule that is gone is not told", async () => {
    const of = await world();
    const { ruleId } = await createAlertRule(db, of.scope, rule([{ kind: "email", userIds: [of.user.id] }]));
    await fail(of, 3);
    await performAlerts(db, now());
    await deleteAlertRule(db, of.scope, { ruleId });
    expect(first(first(await raise(of)).outcomes)).toMatchObject({
      ...{ state: "failed", error: "The rule was changed or deleted before this could be told." },
    });
    expect(mails).toEqual([]);
  });
});

describe("saving a rule", () => {
  it("keeps what was left out, and an address that is sealed", async () => {
    const { scope } = await world();
    const match = { actions: ["user.*"], objectKinds: [], actors: [], results: ["failed" as const] };
    const { ruleId, secrets } = await createAlertRule(
      db,
      scope,
      rule([{ kind: "webhook", url: "https://hooks.example.com/a" }], { match }),
    );
    expect(Object.values(secrets)).toEqual([expect.stringMatching(/^whsec_.{44}$/)]);
    const before = first(await listAlertRules(db, scope));
    const channel = first(before.channels);
    const changed = await changeAlertRule(db, scope, {
      ...{ ruleId, revision: 0, name: "Other" },
      channels: [
        { kind: "webhook", id: channel.id },
        { kind: "slack", url: "https://hooks.slack.com/services/x" },
      ],
    });
    expect(changed).toEqual({ ruleId, revision: 1, secrets: {} });
    const after = first(await listAlertRules(db, scope));
    expect(after).toEqual({
      ...before,
      ...{ name: "Other", revision: 1 },
      channels: [channel, { id: expect.stringMatching(/^chn_/), kind: "slack", host: "hooks.slack.com" }],
    });
    const [row] = await db.select().from(auditAlertRules).where(eq(auditAlertRules.id, ruleId));
    expect(JSON.stringify(row)).not.toContain("hooks.slack.com/services");
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.objectId, ruleId));
    expect(entries.map(({ action }) => action)).toEqual(["alert_rule.create", "alert_rule.change"]);
    expect(JSON.stringify(entries)).not.toContain("services");
  });

  it("refuses what won't do, in words", async () => {
    const { scope } = await world();
    const stranger = await createUser(db, {});
    const tried = (channel: ChannelInput) => createAlertRule(db, scope, rule([channel]));
    await expect(tried({ kind: "email", userIds: [stranger.id] })).rejects.toMatchObject({
      fields: { "channels.0.userIds": "Choose people who can sign in." },
    });
    await expect(tried({ kind: "slack" })).rejects.toMatchObject({
      fields: { "channels.0.url": "Enter the address." },
    });
    await expect(tried({ kind: "slack", url: "https://169.254.169.254/" })).rejects.toMatchObject({
      fields: {
        "channels.0.url": "A webhook goes to the public internet, not to this machine or its network.",
      },
    });
    await expect(tried({ kind: "script", script: "other", arguments: [] })).rejects.toThrow(
      "No script other",
    );
    await expect(tried({ kind: "custom", handler: "absent" })).rejects.toThrow("No alert handler absent");
    await expect(tried({ kind: "custom", handler: "test_pager", settings: {} })).rejects.toThrow(
      "Routing key",
    );
    provideKeyring(null);
    await expect(tried({ kind: "slack", url: "https://hooks.slack.com/x" })).rejects.toMatchObject({
      code: "unavailable",
    });
    provideKeyring(newKeyring("2026"));
    expect(await listAlertRules(db, scope)).toEqual([]);
  });

  it("notices who was faster, and a name that is taken", async () => {
    const { scope, user } = await world();
    const channels: ChannelInput[] = [{ kind: "email", userIds: [user.id] }];
    const { ruleId } = await createAlertRule(db, scope, rule(channels));
    await expect(createAlertRule(db, scope, rule(channels))).rejects.toMatchObject({
      ...{ code: "conflict", fields: { name: "There is a rule by this name already." } },
    });
    await changeAlertRule(db, scope, { ruleId, revision: 0, enabled: false });
    await expect(changeAlertRule(db, scope, { ruleId, revision: 0, enabled: true })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

it("a test tells every channel, and whom it did not reach", async () => {
  const of = await world();
  const { ruleId } = await ruleTo(of, "discord");
  expect(await testAlertRule(db, of.scope, { ruleId }, here)).toEqual([
    { kind: "discord", to: "example.com", told: true, error: null },
  ]);
  expect(JSON.parse(first(receiver.received).body).embeds[0].title).toBe("Test: Many failures");
  expect(await alertsOf(of)).toEqual([]);
  receiver.answer((response) => void response.writeHead(500).end());
  expect(await testAlertRule(db, of.scope, { ruleId }, here)).toEqual([
    { kind: "discord", to: "example.com", told: false, error: "The receiver answered 500." },
  ]);
});
