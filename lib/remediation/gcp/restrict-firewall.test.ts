import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open, readVerdicts, rehearse } from "../test-journal.ts";
import type { FirewallRule } from "./firewall-state.ts";
import { companionName, narrowFirewall } from "./narrow-firewall.ts";
import { startTestProjects, type TestProject, type TestProjects } from "./test-project.ts";

const operation = "gcp.compute.restrict-firewall";
const [ssh, rdp, all] = ["ssh", "rdp", "all-ports"].map((name) => `gcp.compute.firewall-${name}`) as [
  string,
  string,
  string,
];

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

const ruleIn = ({ id, target }: TestProject, name: string) =>
  target("gcp.compute.firewall", `//compute.googleapis.com/projects/${id}/global/firewalls/${name}`, name);

describe("in the sandbox", () => {
  it("splits a range of ports around SSH, and keeps the rest of the rule", async () => {
    const { analytics } = projects;
    const target = ruleIn(analytics, "analytics-consultant-ssh");
    const { plan } = await rehearse({ account: analytics.account, target, operation, checks: [ssh] });
    expect(plan).toMatchObject({
      calls: [
        {
          id: "patch",
          api: "gcp.compute.firewalls.patch",
          input: {
            project: analytics.id,
            firewall: target.name,
            requestBody: { allowed: [{ IPProtocol: "tcp", ports: ["20-21", "23-25"] }] },
          },
        },
      ],
      commands: [
        `gcloud compute firewall-rules update ${target.name} --project=${analytics.id} --allow=tcp:20-21,tcp:23-25`,
      ],
      wayBackCommands: [
        `gcloud compute firewall-rules update ${target.name} --project=${analytics.id} --allow=tcp:20-25`,
      ],
    });
  });

  it("keeps sources that may stay in a companion rule", async () => {
    const { analytics } = projects;
    const target = ruleIn(analytics, "analytics-consultant-ssh");
    const exceptions = ["203.0.113.0/24"];
    const { plan, after } = await rehearse({
      account: analytics.account,
      target,
      operation,
      with: { exceptions },
      checks: [ssh],
    });
    const { rule, companion } = after as { rule: FirewallRule; companion: FirewallRule };
    const kept = { name: "analytics-consultant-ssh-kept", sourceRanges: exceptions };
    expect(companion).toEqual({ ...rule, ...kept, allowed: [{ IPProtocol: "tcp", ports: ["22"] }] });
    expect(rule).toMatchObject({ priority: 400, targetTags: ["etl-legacy"], sourceRanges: ["0.0.0.0/0"] });
    expect(plan.calls.map(({ id }) => id)).toEqual(["insert", "patch"]);
    expect("calls" in plan.wayBack && plan.wayBack.calls.map(({ id }) => id)).toEqual(["patch", "delete"]);
  });

  it.each([
    ["IPv6", "analytics-rdp-v6", rdp],
    ["two halves of the internet", "partners-sftp", ssh],
  ])("switches off a rule of which nothing is left: %s", async (_what, name, check) => {
    const { analytics } = projects;
    const target = ruleIn(analytics, name);
    const { after } = await rehearse({ account: analytics.account, target, operation, checks: [check] });
    expect(after).toMatchObject({ rule: { disabled: true }, companion: null });
  });

  it("takes every port from the internet, and leaves them to an exception", async () => {
    const { learning } = projects;
    const target = ruleIn(learning, "ml-notebooks");
    const exceptions = ["198.51.100.7/32"];
    const rehearsal = { account: learning.account, target, operation, with: { exceptions } };
    const { after } = await rehearse({ ...rehearsal, checks: [all, ssh, rdp] });
    expect(after).toMatchObject({ rule: { disabled: false, sourceRanges: exceptions }, companion: null });
  });

  it("has nothing to do for rules that are closed or switched off", async () => {
    const { analytics } = projects;
    for (const name of ["analytics-allow-https", "analytics-open-bench", "analytics-deny-admin"]) {
      const target = ruleIn(analytics, name);
      const { handler, context, close } = open({ account: analytics.account, target });
      const plan = await handler.plan({ kind: "gcp", operation, with: { exceptions: [] } }, context());
      expect(plan.outcome, name).toBe("nothing");
      close();
    }
    const target = ruleIn(analytics, "analytics-no-such-rule");
    const { handler, context, close } = open({ account: analytics.account, target });
    const spec = { kind: "gcp", operation, with: {} };
    expect(await handler.plan(spec, context())).toEqual({
      outcome: "refused",
      reason: "The resource is gone.",
    });
    close();
  });

  it("stops when the rule was changed since, and gives back only what is still as the fix left it", async () => {
    const { analytics } = projects;
    const target = ruleIn(analytics, "analytics-rdp-v6");
    const { handler, context, close } = open({ account: analytics.account, target });
    const spec = { kind: "gcp", operation, with: { exceptions: [] } };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
    const step = context();
    const { after } = await handler.apply(action, step, plan.before);
    const compute = await analytics.clients.compute();
    const rule = { project: analytics.id, firewall: target.name };
    await compute.firewalls.patch({ ...rule, requestBody: { description: "looked at" } });
    const images = { before: plan.before, after, calls: step.journal.records };
    await expect(handler.rollback(action, context(), images)).rejects.toMatchObject({ reason: "drift" });
    await compute.firewalls.patch({ ...rule, requestBody: { description: "" } });
    expect(await handler.rollback(action, context(), images)).toEqual({ after: plan.before, differs: null });
    expect(await readVerdicts(analytics.account, target, [rdp])).toEqual({ [rdp]: "fail" });
    close();
  });

  it("says what Google refuses for good, and tries again what passes", async () => {
    const { analytics, sandbox } = projects;
    const target = ruleIn(analytics, "analytics-rdp-v6");
    const { handler, context, close } = open({ account: analytics.account, target });
    const spec = { kind: "gcp", operation, with: { exceptions: [] } };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
    sandbox.faults.deny.push("compute.firewalls.update");
    await expect(handler.apply(action, context(), plan.before)).rejects.toMatchObject({
      name: "ActionRefused",
      reason: "denied",
    });
    sandbox.faults.reset();
    expect(await handler.read(action, context())).toEqual(plan.before);
    close();
  });
});

const rule = (given: Partial<FirewallRule>): FirewallRule => ({
  name: "r",
  network: "n",
  direction: "INGRESS",
  priority: 900,
  disabled: false,
  allowed: [{ IPProtocol: "tcp", ports: ["22"] }],
  denied: [],
  sourceRanges: ["0.0.0.0/0"],
  sourceTags: [],
  sourceServiceAccounts: [],
  destinationRanges: [],
  targetTags: ["web"],
  targetServiceAccounts: [],
  description: "as it was",
  logConfig: { enable: true, metadata: "EXCLUDE_ALL_METADATA" },
  ...given,
});

describe("a rule", () => {
  const tcp = (...ports: string[]) => ({ IPProtocol: "tcp", ports });
  it.each<[string, Partial<FirewallRule>, string[], Partial<FirewallRule>, Partial<FirewallRule> | null]>([
    ["loses one of its ports", { allowed: [tcp("443", "22")] }, [], { allowed: [tcp("443")] }, null],
    [
      "loses a wide range, and keeps narrow ones for the port in a companion",
      { allowed: [tcp("22", "443")], sourceRanges: ["0.0.0.0/0", "10.0.0.0/8"] },
      [],
      { allowed: [tcp("443")], sourceRanges: ["0.0.0.0/0", "10.0.0.0/8"] },
      { allowed: [tcp("22")], sourceRanges: ["10.0.0.0/8"] },
    ],
    [
      "loses a wide range alone where every port offends",
      { sourceRanges: ["0.0.0.0/0", "10.0.0.0/8"] },
      [],
      { sourceRanges: ["10.0.0.0/8"] },
      null,
    ],
    [
      "keeps senders by tag, who are no internet",
      { sourceTags: ["bastion"] },
      [],
      { sourceRanges: [], sourceTags: ["bastion"] },
      null,
    ],
    [
      "loses only the widest of ranges that are the internet together",
      { sourceRanges: ["1.0.0.0/8", "2.0.0.0/9", "203.0.113.0/24"] },
      [],
      { sourceRanges: ["2.0.0.0/9", "203.0.113.0/24"] },
      null,
    ],
    [
      "loses every TCP port, in however many parts, and keeps ICMP and a port of UDP",
      {
        allowed: [
          { IPProtocol: "icmp", ports: [] },
          tcp("1-30000"),
          tcp("30001-65535"),
          { IPProtocol: "udp", ports: ["53"] },
        ],
      },
      [],
      {
        allowed: [
          { IPProtocol: "icmp", ports: [] },
          { IPProtocol: "udp", ports: ["53"] },
        ],
      },
      null,
    ],
    [
      "loses Remote Desktop by both protocols, one by its number",
      { allowed: [{ IPProtocol: "17", ports: ["3000-4000"] }, tcp("3389")] },
      ["192.0.2.1/32"],
      { allowed: [{ IPProtocol: "17", ports: ["3000-3388", "3390-4000"] }] },
      {
        allowed: [{ IPProtocol: "17", ports: ["3389"] }, tcp("3389")],
        sourceRanges: ["192.0.2.1/32"],
      },
    ],
    ["is switched off when nothing is left", {}, [], { disabled: true }, null],
  ])("%s", (_what, given, exceptions, left, companion) => {
    expect(narrowFirewall(rule(given), exceptions)).toEqual({
      rule: rule({ ...given, ...left }),
      companion: companion && rule({ ...given, name: "r-kept", ...companion }),
      notes: expect.any(Array),
    });
  });

  it("is left alone where the exceptions are the internet", () => {
    for (const exceptions of [["0.0.0.0/0"], ["0.0.0.0/1", "128.0.0.0/1"]]) {
      expect(narrowFirewall(rule({}), exceptions)).toHaveProperty("refused");
    }
  });

  it("names its companion within 63 characters, and apart from others", () => {
    const [a, b] = ["a", "b"].map((end) => companionName(`${"x".repeat(60)}${end}`));
    expect([a?.length, a === b]).toEqual([62, false]);
  });
});
