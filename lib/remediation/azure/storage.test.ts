import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlannedAction } from "../model.ts";
import { Crashed, open, readVerdicts, rehearse, TestJournal } from "../test-journal.ts";
import { type AcmeSandbox, production, staging, startAcme } from "./test-acme.ts";

let acme: AcmeSandbox;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const accountIn = ({ id }: { id: string }, name: string) => ({
  account: acme.writer(id),
  target: acme.target(id, "azure.storage.account", "Microsoft.Storage/storageAccounts", name),
});

describe("forbidding anonymous access to blobs", () => {
  it.each([
    ["acmeshopmedia2019", production],
    // Nobody ever made the setting, and the account is older than the safer default.
    ["mlexperiments0421", staging],
  ])(
    "holds for %s, and can be taken back",
    async (name, where) => {
      const { plan, after } = await rehearse({
        ...accountIn(where, name),
        operation: "azure.storage.forbid-public-blobs",
        checks: ["azure.storage.account-blob-public-access"],
      });
      expect([plan.before, after]).toEqual([
        { allowBlobPublicAccess: true },
        { allowBlobPublicAccess: false },
      ]);
      expect(plan.commands).toEqual([
        expect.stringMatching(/^az rest --method patch .*"allowBlobPublicAccess":false/),
      ]);
    },
    60_000,
  );

  it("makes public containers private", async () => {
    const { plan } = await rehearse({
      ...accountIn(production, "acmeshopmedia2019"),
      operation: "azure.storage.close-containers",
    });
    expect([plan.before, plan.after]).toEqual([
      { containers: { pictures: "Blob", statements: "Container", uploads: "None" } },
      { containers: { pictures: "None", statements: "None", uploads: "None" } },
    ]);
  }, 60_000);

  it("has nothing to do where it is forbidden already", async () => {
    const where = accountIn(production, "acmeshopreceipts");
    const { handler, context, close } = open(where);
    const spec = { kind: "azure", operation: "azure.storage.forbid-public-blobs", with: {} };
    expect(await handler.plan(spec, context())).toEqual({
      outcome: "nothing",
      before: { allowBlobPublicAccess: false },
      reason: "The account forbids anonymous access already.",
    });
    close();
  });
});

describe("keys of a storage account", () => {
  it("get a reminder, which can be taken away again", async () => {
    const { after } = await rehearse({
      ...accountIn(production, "acmeshopmedia2019"),
      operation: "azure.storage.set-key-reminder",
      with: { days: 60 },
      checks: ["azure.storage.account-key-reminder"],
    });
    expect(after).toEqual({ days: 60, areKeysDated: true });
  }, 60_000);

  it.each(["begun", "sent", "ended"] as const)(
    "are regenerated once, whoever dies %s",
    async (when) => {
      const where = accountIn(staging, "mlexperiments0421");
      const { handler, context, close } = open(where);
      const check = "azure.storage.account-key-rotation";
      const old = "2022-01-01T00:00:00.000Z";
      const account = acme.subscription(staging.id).tree.get(where.target.uid);
      if (account) account.properties.keyCreationTime = { key1: old, key2: old };
      for (const key of ["key1", "key2"]) {
        expect(await readVerdicts(where.account, where.target, [check])).toEqual({ [check]: "fail" });
        const spec = { kind: "azure", operation: `azure.storage.regenerate-${key}`, with: {} };
        const plan = await handler.plan(spec, context());
        if (plan.outcome !== "change") throw new Error(plan.reason);
        expect([plan.before, plan.wayBack]).toEqual([{ madeAt: old }, { irreversible: expect.any(String) }]);
        const action: PlannedAction = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
        const step = { ...context(), journal: new TestJournal({ call: 1, when }) };
        await expect(handler.apply(action, step, plan.before)).rejects.toThrow(Crashed);
        // A call that was sent and not noted is found by its traces, not sent again.
        const traces = Reflect.get(Object(account?.properties.keyCreationTime), key);
        const applied = await handler.apply(action, step, plan.before);
        const made = Reflect.get(Object(account?.properties.keyCreationTime), key);
        if (when !== "begun") expect(made).toBe(traces);
        expect(applied).toEqual({ differs: null, after: { madeAt: made } });
        const images = { before: plan.before, after: applied.after, calls: step.journal.records };
        await expect(handler.rollback(action, context(), images)).rejects.toMatchObject({
          reason: "irreversible",
        });
      }
      expect(await readVerdicts(where.account, where.target, [check])).toEqual({ [check]: "pass" });
      close();
    },
    60_000,
  );
});
