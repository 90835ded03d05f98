import { describe, expect, it } from "vitest";
import { DomainError } from "#lib/errors.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { iamState, type UserState } from "#sandbox/aws/handlers/iam/state.ts";
import type { Json, Target } from "../model.ts";
import { Crashed, open, readVerdicts, rehearse, TestJournal } from "../test-journal.ts";
import { mfaGroup } from "./require-mfa.ts";
import { startAcme } from "./test-acme.ts";

const acme = await startAcme();
const name = "Acme Staging";
const account = acme.accountNamed(name);
const estate = acme.estateOf(name);
const iam = iamState(estate);
const dayMs = 86_400_000;
const timeout = 120_000;
const rotate = "aws.iam.rotate-access-key";
const ageCheck = "aws.iam.access-key-age";

type KeySpec = { id: string; ageDays: number; active?: boolean };

/** A user of its own for each test. */
function addUser(user: string, keys: KeySpec[], change: Partial<UserState> = {}): Target {
  const arn = `arn:aws:iam::${estate.id}:user/people/${user}`;
  const createdAt = new Date(Date.now() - 500 * dayMs);
  iam.users.set(user, {
    user: {
      UserName: user,
      Path: "/people/",
      UserId: `AIDA${user.toUpperCase()}`,
      Arn: arn,
      CreateDate: createdAt,
    },
    password: null,
    accessKeys: keys.map(({ id, ageDays, active = true }) => ({
      metadata: {
        UserName: user,
        AccessKeyId: id,
        Status: active ? "Active" : "Inactive",
        CreateDate: new Date(Math.floor((Date.now() - ageDays * dayMs) / 1000) * 1000),
      },
      lastUsed: null,
    })),
    mfaDevices: [],
    attached: new Set(),
    inline: new Map(),
    groups: new Set(),
    ...change,
  });
  iam.report = null;
  return { uid: arn, kind: "aws.iam.user", cloud: "aws", account: estate.id, region: "global", name: user };
}

async function planOnly(target: Target, operation: string, given: Record<string, Json> = {}) {
  const { handler, context, close } = open({ account, target });
  try {
    return await handler.plan({ kind: "aws", operation, with: given }, context());
  } finally {
    close();
  }
}

/** A planned action with its handler; the test closes it. */
async function prepare(target: Target, operation: string, given: Record<string, Json> = {}) {
  const opened = open({ account, target });
  const spec = { kind: "aws", operation, with: given };
  const plan = await opened.handler.plan(spec, opened.context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  return { ...opened, plan, action: { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan } };
}

const keysOf = (user: string) =>
  iam.users.get(user)?.accessKeys.map(({ metadata }) => `${metadata.AccessKeyId} ${metadata.Status}`);

describe("an old access key", () => {
  it("isn't replaced where there is no key to seal the new one with", { timeout }, async () => {
    const target = addUser("sealed", [{ id: "AKIASEALED0000000001", ageDays: 200 }]);
    const { handler, context, close } = open({ account, target });
    provideKeyring(null);
    try {
      expect(await handler.plan({ kind: "aws", operation: rotate, with: {} }, context())).toEqual({
        outcome: "refused",
        reason: expect.stringContaining("Set PARAPET_SECRET_KEYS"),
      });
    } finally {
      close();
    }
  });

  it("is replaced by a new one and deactivated, and comes back", { timeout }, async () => {
    const target = addUser("rota", [{ id: "AKIAROTA000000000001", ageDays: 200 }]);
    const { plan, after } = await rehearse({ account, target, operation: rotate, checks: [ageCheck] });
    expect(plan.calls.map(({ id }) => id)).toEqual(["create", "deactivate-AKIAROTA000000000001"]);
    expect(after).toEqual({
      keys: [
        expect.objectContaining({ AccessKeyId: "AKIAROTA000000000001", Status: "Inactive", isOld: true }),
        {
          AccessKeyId: expect.stringMatching(/^AKIA/),
          Status: "Active",
          CreateDate: expect.stringMatching(/^\d{4}-.*:\d\dZ$/),
          isOld: false,
        },
      ],
    });
    expect(keysOf("rota")).toEqual(["AKIAROTA000000000001 Active"]);
  });

  it("is handed over as a secret that shows nowhere else", async () => {
    const target = addUser("seal", [{ id: "AKIASEAL000000000001", ageDays: 200 }]);
    const { handler, action, context, close, plan } = await prepare(target, rotate);
    const step = context();
    await handler.apply(action, step, plan.before);
    close();
    const created = iam.users.get("seal")?.accessKeys[1];
    expect([...step.journal.secrets]).toEqual([
      [
        "Access key of seal",
        `aws_access_key_id = ${created?.metadata.AccessKeyId}\naws_secret_access_key = ${created?.secretAccessKey}`,
      ],
    ]);
    expect(JSON.stringify([plan, step.journal.records])).not.toContain(created?.secretAccessKey);
  });

  it("leaves no key behind whose secret may be lost", async () => {
    const target = addUser("torn", [{ id: "AKIATORN000000000001", ageDays: 200 }]);
    const { handler, action, context, close, plan } = await prepare(target, rotate);
    const journal = new TestJournal({ call: 1, when: "sent" });
    await expect(handler.apply(action, { ...context(), journal }, plan.before)).rejects.toThrow(Crashed);
    const lost = iam.users.get("torn")?.accessKeys[1]?.metadata.AccessKeyId;
    await handler.apply(action, { ...context(), journal }, plan.before);
    close();
    const keys = keysOf("torn") ?? [];
    expect(keys).toEqual(["AKIATORN000000000001 Inactive", expect.stringMatching(/ Active$/)]);
    expect(keys.join()).not.toContain(lost);
    expect([...journal.secrets.values()].join()).toContain(keys[1]?.split(" ")[0]);
  });

  it("stays as it was when the new one's secret can't be sealed", async () => {
    const target = addUser("unsealed", [{ id: "AKIAUNSEALED00000001", ageDays: 200 }]);
    const { handler, action, context, close, plan } = await prepare(target, rotate);
    const journal = new TestJournal();
    journal.keepSecret = () =>
      Promise.reject(new DomainError("unavailable", "There is no key to seal with."));
    await expect(handler.apply(action, { ...context(), journal }, plan.before)).rejects.toThrow(
      "no key to seal",
    );
    close();
    expect(keysOf("unsealed")).toEqual(["AKIAUNSEALED00000001 Active"]);
  });

  it("is not touched when a key that turned up meanwhile is in use", async () => {
    const target = addUser("others", [{ id: "AKIAOTHERS0000000001", ageDays: 200 }]);
    const { handler, action, context, close, plan } = await prepare(target, rotate);
    const journal = new TestJournal({ call: 1, when: "begun" });
    await expect(handler.apply(action, { ...context(), journal }, plan.before)).rejects.toThrow(Crashed);
    iam.users.get("others")?.accessKeys.push({
      metadata: {
        UserName: "others",
        AccessKeyId: "AKIAOTHERS0000000002",
        Status: "Active",
        CreateDate: new Date(),
      },
      lastUsed: { LastUsedDate: new Date(), ServiceName: "s3", Region: "eu-west-1" },
    });
    await expect(handler.apply(action, { ...context(), journal }, plan.before)).rejects.toMatchObject({
      reason: "drift",
    });
    close();
    expect(keysOf("others")).toEqual(["AKIAOTHERS0000000001 Active", "AKIAOTHERS0000000002 Active"]);
  });

  it("may stay active until the software has the new one, and goes by a second plan", {
    timeout,
  }, async () => {
    const target = addUser("later", [{ id: "AKIALATER00000000001", ageDays: 100 }]);
    const first = await prepare(target, rotate, { deactivateOld: false });
    await first.handler.apply(first.action, first.context(), first.plan.before);
    first.close();
    expect(first.plan.calls.map(({ id }) => id)).toEqual(["create"]);
    expect(await readVerdicts(account, target, [ageCheck])).toEqual({ [ageCheck]: "fail" });
    expect(await planOnly(target, rotate, { deactivateOld: false })).toMatchObject({ outcome: "nothing" });
    const { plan } = await rehearse({ account, target, operation: rotate, checks: [ageCheck] });
    expect(plan.calls.map(({ id }) => id)).toEqual(["deactivate-AKIALATER00000000001"]);
  });

  it.each<[string, KeySpec[], string, RegExp]>([
    [
      "both",
      [
        { id: "AKIABOTH000000000001", ageDays: 200 },
        { id: "AKIABOTH000000000002", ageDays: 100 },
      ],
      "refused",
      /Both of the user's keys/,
    ],
    [
      "full",
      [
        { id: "AKIAFULL000000000001", ageDays: 200 },
        { id: "AKIAFULL000000000002", ageDays: 300, active: false },
      ],
      "refused",
      /DELETE-ROTATED-CREDENTIALS/,
    ],
    ["young", [{ id: "AKIAYOUNG00000000001", ageDays: 89 }], "nothing", /no active key over 90 days/],
    [
      "off",
      [{ id: "AKIAOFF0000000000001", ageDays: 400, active: false }],
      "nothing",
      /no active key over 90 days/,
    ],
  ])("of %s isn't rotated", async (user, keys, outcome, reason) => {
    expect(await planOnly(addUser(user, keys), rotate)).toMatchObject({
      outcome,
      reason: expect.stringMatching(reason),
    });
  });

  it("of a user who is gone can't be", async () => {
    const target = addUser("gone", [{ id: "AKIAGONE000000000001", ageDays: 200 }]);
    iam.users.delete("gone");
    expect(await planOnly(target, rotate)).toEqual({ outcome: "refused", reason: "The resource is gone." });
  });
});

describe("an inactive key", () => {
  const operation = "aws.iam.delete-inactive-access-keys";

  it.each(["begun", "sent", "ended"] as const)(
    "is deleted for good, and an active one is not, also when the worker dies with the call %s",
    async (when) => {
      const user = `clean-${when}`;
      const inactive = "AKIACLEAN00000000001";
      const target = addUser(user, [
        { id: inactive, ageDays: 200, active: false },
        { id: "AKIACLEAN00000000002", ageDays: 2 },
      ]);
      const { handler, action, context, close, plan } = await prepare(target, operation);
      expect(plan).toMatchObject({
        wayBack: { irreversible: "A deleted access key can't be brought back, nor can its secret." },
        commands: [`aws iam delete-access-key --user-name ${user} --access-key-id ${inactive}`],
      });
      const step = { ...context(), journal: new TestJournal({ call: 1, when }) };
      await expect(handler.apply(action, step, plan.before)).rejects.toThrow(Crashed);
      expect(await handler.apply(action, step, plan.before)).toMatchObject({ differs: null });
      expect(keysOf(user)).toEqual(["AKIACLEAN00000000002 Active"]);
      const images = { before: plan.before, after: plan.after, calls: step.journal.records };
      await expect(handler.rollback(action, context(), images)).rejects.toMatchObject({
        reason: "irreversible",
      });
      close();
    },
  );

  it("is needed for there to be anything to do", async () => {
    const target = addUser("tidy", [{ id: "AKIATIDY000000000001", ageDays: 2 }]);
    expect(await planOnly(target, operation)).toMatchObject({ outcome: "nothing" });
  });
});

describe("a user without MFA", () => {
  const operation = "aws.iam.require-mfa";
  const check = "aws.iam.user-mfa";
  const at = new Date();
  const password = { createdAt: at, changedAt: at, lastUsedAt: at, resetRequired: false };

  it("is asked for it by a group's policy, and the check passes once there is a device", {
    timeout,
  }, async () => {
    const target = addUser("mia", [], { password });
    const { plan } = await rehearse({ account, target, operation });
    expect([plan.before, plan.after]).toEqual([
      { isMember: false, groupIsForeign: false },
      { isMember: true, groupIsForeign: false },
    ]);
    const { handler, action, context, close } = await prepare(target, operation);
    await handler.apply(action, context(), plan.before);
    close();
    expect(await readVerdicts(account, target, [check])).toEqual({ [check]: "fail" });
    const others = await readVerdicts(account, target, ["aws.iam.user-permissions-through-groups"]);
    expect(others).toEqual({ "aws.iam.user-permissions-through-groups": "pass" });
    iam.users
      .get("mia")
      ?.mfaDevices.push({ UserName: "mia", SerialNumber: "arn:aws:iam::1:mfa/mia", EnableDate: at });
    iam.report = null;
    expect(await readVerdicts(account, target, [check])).toEqual({ [check]: "pass" });
  });

  it("shares the group with others, whose plans were made before there was one", async () => {
    iam.groups.delete(mfaGroup.GroupName);
    const targets = [addUser("noa", [], { password }), addUser("pim", [], { password })];
    const prepared = await Promise.all(targets.map((target) => prepare(target, operation)));
    for (const { handler, action, context, plan, close } of prepared) {
      expect(await handler.read(action, context())).toEqual(plan.before);
      expect(await handler.apply(action, context(), plan.before)).toMatchObject({ differs: null });
      close();
    }
    expect(["noa", "pim"].map((user) => [...(iam.users.get(user)?.groups ?? [])])).toEqual([
      [mfaGroup.GroupName],
      [mfaGroup.GroupName],
    ]);
  });

  it("isn't put into a group that somebody else made", async () => {
    const target = addUser("quin", [], { password });
    const group = iam.groups.get(mfaGroup.GroupName);
    if (!group) throw new Error("There is no group.");
    group.group.Path = "/";
    expect(await planOnly(target, operation)).toEqual({
      outcome: "refused",
      reason: expect.stringContaining("that Parapet didn't make"),
    });
    group.group.Path = mfaGroup.Path;
  });
});
