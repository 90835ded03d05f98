import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphObject } from "#sandbox/azure/model.ts";
import type { PlannedAction, Target } from "../model.ts";
import { Crashed, open, readVerdicts, rehearse, TestJournal } from "../test-journal.ts";
import { type AcmeSandbox, acmeTenant, startAcme } from "./test-acme.ts";

const check = "azure.entra.application-secret-age";
let acme: AcmeSandbox;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

function application(name: string): GraphObject {
  const all = acme.estate.tenants.get(acmeTenant.id)?.graph.get("applications");
  const found = Array.isArray(all) ? all.find(({ displayName }) => displayName === name) : undefined;
  if (!found) throw new Error(`There is no application ${name}.`);
  return found;
}
const targetOf = (name: string): Target => ({
  uid: `/tenants/${acmeTenant.id}/applications/${application(name).id}`,
  kind: "azure.entra.application",
  cloud: "azure",
  account: acmeTenant.id,
  region: "global",
  name,
});
const where = (name: string) => ({ account: acme.writer(acmeTenant.id), target: targetOf(name) });
const secretNames = (name: string): unknown[] =>
  [application(name).passwordCredentials].flat().map((secret) => Reflect.get(Object(secret), "displayName"));

describe("a new client secret", () => {
  const operation = "azure.entra.add-application-secret";

  it("is made beside the old ones, and removed again, whoever dies in between", async () => {
    const { after } = await rehearse({ ...where("acme-batch-export"), operation, with: { days: 90 } });
    expect(after).toMatchObject({
      secrets: [
        { name: "pipeline", overdue: true },
        { name: expect.stringMatching(/^Parapet /), overdue: false, expired: false },
      ],
    });
    expect(secretNames("acme-batch-export")).toEqual(["pipeline"]);
  }, 60_000);

  it.each(["sent", "ended"] as const)(
    "is one alone, and its text is kept, when a worker dies %s",
    async (when) => {
      const { handler, context, close } = open(where("acme-batch-export"));
      const spec = { kind: "azure", operation, with: { days: 90 } };
      const plan = await handler.plan(spec, context());
      if (plan.outcome !== "change") throw new Error(plan.reason);
      const action: PlannedAction = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
      const step = { ...context(), journal: new TestJournal({ call: 1, when }) };
      await expect(handler.apply(action, step, plan.before)).rejects.toThrow(Crashed);
      const applied = await handler.apply(action, step, plan.before);
      expect(applied.differs).toBeNull();
      expect(secretNames("acme-batch-export")).toEqual(["pipeline", `Parapet ${step.token}-add`]);
      const kept = step.journal.secrets.get("clientSecret") ?? "";
      const hints = [application("acme-batch-export").passwordCredentials].flat();
      expect(kept.slice(0, 3)).toBe(Reflect.get(Object(hints.at(-1)), "hint"));
      // Nothing but the sealed one holds it.
      expect(JSON.stringify([plan, applied, step.journal.records])).not.toContain(kept);
      const images = { before: plan.before, after: applied.after, calls: step.journal.records };
      expect(await handler.rollback(action, context(), images)).toEqual({
        after: plan.before,
        differs: null,
      });
      close();
    },
    60_000,
  );

  it("isn't made where there is one already", async () => {
    const { handler, context, close } = open(where("merchant-reports"));
    expect(await handler.plan({ kind: "azure", operation, with: {} }, context())).toMatchObject({
      outcome: "nothing",
    });
    close();
  });
});

describe("old client secrets", () => {
  const spec = { kind: "azure", operation: "azure.entra.remove-old-secrets", with: {} };

  it("are removed for good where there is a newer one", async () => {
    const reports = where("merchant-reports");
    expect(await readVerdicts(reports.account, reports.target, [check])).toEqual({ [check]: "fail" });
    const { handler, context, close } = open(reports);
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action: PlannedAction = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
    const step = { ...context(), journal: new TestJournal({ call: 1, when: "sent" }) };
    await expect(handler.apply(action, step, plan.before)).rejects.toThrow(Crashed);
    expect(await handler.apply(action, step, plan.before)).toMatchObject({ differs: null });
    // One that has expired opens nothing, and stays.
    expect(secretNames("merchant-reports")).toEqual(["2023", "2026"]);
    expect(await readVerdicts(reports.account, reports.target, [check])).toEqual({ [check]: "pass" });
    close();
  }, 60_000);

  it("stay where they are the only ones", async () => {
    const { handler, context, close } = open(where("acme-batch-export"));
    expect(await handler.plan(spec, context())).toMatchObject({ outcome: "refused" });
    close();
  });
});
