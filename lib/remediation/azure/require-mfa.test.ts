import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GraphObject } from "#sandbox/azure/model.ts";
import type { Json, Target } from "../model.ts";
import { open, rehearse } from "../test-journal.ts";
import { mfaPolicyName } from "./entra-calls.ts";
import { type AcmeSandbox, acmeTenant, startAcme } from "./test-acme.ts";

const policies = "identity/conditionalAccess/policies";
const defaults = "policies/identitySecurityDefaultsEnforcementPolicy";
const emergency = ["11111111-2222-4333-8444-555555555555"];

let acme: AcmeSandbox;
let own: GraphObject[];
beforeAll(async () => {
  acme = await startAcme();
  own = structuredClone(graph().get(policies)) as GraphObject[];
});
afterAll(() => acme.close());

const graph = () => {
  const tenant = acme.estate.tenants.get(acmeTenant.id);
  if (!tenant) throw new Error("There is no tenant.");
  return tenant.graph;
};
const target: Target = {
  uid: `/tenants/${acmeTenant.id}`,
  kind: "azure.entra.tenant",
  cloud: "azure",
  account: acmeTenant.id,
  region: "global",
  name: acmeTenant.id,
};
const setPolicies = (change: (policy: GraphObject) => GraphObject) =>
  graph().set(
    policies,
    own.map((policy) => change(structuredClone(policy))),
  );
/** The licence for conditional access has run out. */
beforeEach(() => {
  setPolicies((policy) => ({ ...policy, state: "disabled" }));
  graph().set(defaults, { id: "one", isEnabled: false });
});

const rehearsal = (operation: string, values: { [key: string]: Json } = {}) => ({
  account: acme.writer(acmeTenant.id),
  target,
  operation,
  with: values,
});
async function planOf(operation: string, values: { [key: string]: Json } = {}) {
  const { handler, context, close } = open(rehearsal(operation));
  const plan = await handler.plan({ kind: "azure", operation, with: values }, context());
  close();
  return plan;
}

describe("security defaults", () => {
  const operation = "azure.entra.enable-security-defaults";

  it("are switched on, and off again", async () => {
    const { plan } = await rehearse({
      ...rehearsal(operation),
      checks: ["azure.entra.security-defaults", "azure.entra.mfa-required"],
    });
    expect([plan.before, plan.after]).toEqual([
      { isEnabled: false, hasAccessPolicies: false },
      { isEnabled: true, hasAccessPolicies: false },
    ]);
    expect(plan.commands).toEqual([
      `az rest --method patch --url https://graph.microsoft.com/v1.0/${defaults} --body '{"isEnabled":true}'`,
    ]);
  }, 60_000);

  it("are refused where conditional access stands in for them", async () => {
    setPolicies((policy) => policy);
    expect(await planOf(operation)).toMatchObject({ outcome: "refused" });
    graph().set(defaults, { id: "one", isEnabled: true });
    expect(await planOf(operation)).toMatchObject({ outcome: "nothing" });
  });
});

describe("a conditional access policy", () => {
  const operation = "azure.entra.require-mfa";
  const values = { mode: "enabled", emergencyAccounts: emergency };

  it("asks everyone, but for accounts for emergencies, and is deleted again", async () => {
    const { after } = await rehearse({
      ...rehearsal(operation, values),
      checks: ["azure.entra.mfa-required"],
    });
    expect(after).toEqual({
      isAskedAlready: false,
      securityDefaults: false,
      policy: { id: expect.any(String), state: "enabled", excludeUsers: emergency, isOurs: true },
    });
    expect(graph().get(policies)).toHaveLength(own.length);
  }, 60_000);

  it("only reports when that is asked for, and is switched on by the next plan", async () => {
    await rehearse(rehearsal(operation, { ...values, mode: "report" }));
    const { handler, context, close } = open(rehearsal(operation));
    const spec = { kind: "azure", operation, with: { ...values, mode: "report" } };
    const plan = await handler.plan(spec, context());
    const action = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
    const step = context();
    await handler.apply(action, step, "before" in plan ? plan.before : null);
    close();
    const next = await rehearse({ ...rehearsal(operation, values), checks: ["azure.entra.mfa-required"] });
    expect(next.plan.calls).toMatchObject([
      { api: "azure.graph.conditionalAccessPolicies.update", input: { state: "enabled" } },
    ]);
  }, 60_000);

  it("is refused without accounts for emergencies, and beside one of its name that says something else", async () => {
    expect(await planOf(operation, { ...values, emergencyAccounts: [] })).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("accounts for emergencies"),
    });
    const [first] = own;
    graph().set(policies, [
      {
        ...structuredClone(first),
        displayName: mfaPolicyName,
        state: "disabled",
        grantControls: { operator: "OR", builtInControls: ["block"] },
      },
    ]);
    expect(await planOf(operation, values)).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("says something else"),
    });
  });

  it("isn't needed where everyone is asked already", async () => {
    setPolicies((policy) => policy);
    expect(await planOf(operation, values)).toMatchObject({ outcome: "nothing" });
  });
});
