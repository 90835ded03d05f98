import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open, rehearse } from "../test-journal.ts";
import { narrowPolicy } from "./narrow-policy.ts";
import type { NetworkPolicy, PolicyRule } from "./policy-state.ts";
import { startTestProjects, type TestProject, type TestProjects } from "./test-project.ts";

const operation = "gcp.compute.restrict-network-policies";
const check = (name: string) => `gcp.compute.network-policy-${name}`;

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

const networkIn = ({ id, target }: TestProject, name: string) =>
  target("gcp.compute.network", `//compute.googleapis.com/projects/${id}/global/networks/${name}`, name);

describe("in the sandbox", () => {
  it("switches off a rule of which nothing is left, and leaves the others alone", async () => {
    const { analytics } = projects;
    const target = networkIn(analytics, "partners");
    const { account } = analytics;
    const { plan } = await rehearse({ account, target, operation, checks: [check("ssh")] });
    expect(plan.calls).toMatchObject([
      { id: "patch-global-partner-edge-1100", input: { priority: 1100, rule: { disabled: true } } },
    ]);
  });

  it("splits a rule for the sources that may stay", async () => {
    const { analytics } = projects;
    const compute = await analytics.clients.compute();
    const at = { project: analytics.id, firewallPolicy: "partner-edge", priority: 1100 };
    const match = {
      srcIpRanges: ["0.0.0.0/0"],
      layer4Configs: [{ ipProtocol: "tcp", ports: ["20-25", "8443"] }],
    };
    await compute.networkFirewallPolicies.patchRule({ ...at, requestBody: { match } });
    const target = networkIn(analytics, "partners");
    const { account } = analytics;
    const exceptions = ["198.51.100.0/24"];
    const { plan } = await rehearse({
      account,
      target,
      operation,
      with: { exceptions },
      checks: [check("ssh")],
    });
    expect(plan.calls.map(({ id }) => id)).toEqual([
      "add-global-partner-edge-1101",
      "patch-global-partner-edge-1100",
    ]);
    expect(plan.commands).toEqual([
      `gcloud compute network-firewall-policies rules create 1101 --firewall-policy=partner-edge --global-firewall-policy --project=${analytics.id} --action=allow --direction=INGRESS --src-ip-ranges=198.51.100.0/24 --layer4-configs=tcp:22 --no-disabled`,
      `gcloud compute network-firewall-policies rules update 1100 --firewall-policy=partner-edge --global-firewall-policy --project=${analytics.id} --src-ip-ranges=0.0.0.0/0 --layer4-configs=tcp:20-21,tcp:23-25,tcp:8443 --no-disabled`,
    ]);
  });

  it("narrows policies of a region, and rules about every port", async () => {
    const { learning } = projects;
    const { account } = learning;
    const ml = networkIn(learning, "ml");
    const regional = await rehearse({ account, target: ml, operation, checks: [check("rdp")] });
    expect(regional.plan.calls.map(({ id }) => id)).toEqual(["patch-europe-west4-ml-regional-500"]);
    const scratch = networkIn(learning, "scratch");
    const exceptions = ["2001:db8::/32", "203.0.113.0/24"];
    const checks = [check("all-ports"), check("ssh")];
    const { after } = await rehearse({ account, target: scratch, operation, with: { exceptions }, checks });
    expect(after).toMatchObject({
      policies: [
        { name: "scratch-anything", rules: [{ priority: 1, match: { srcIpRanges: exceptions } }, {}, {}] },
      ],
    });
  });

  it("has nothing to do where no policy of the project opens the network", async () => {
    const { analytics } = projects;
    const target = networkIn(analytics, "analytics");
    const { handler, context, close } = open({ account: analytics.account, target });
    expect((await handler.plan({ kind: "gcp", operation, with: {} }, context())).outcome).toBe("nothing");
    close();
  });
});

describe("a policy", () => {
  const rule = (priority: number, given: Partial<PolicyRule> = {}): PolicyRule => ({
    priority,
    action: "allow",
    direction: "INGRESS",
    disabled: false,
    match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "tcp", ports: ["22", "443"] }] },
    ...given,
  });
  const policy = (...rules: PolicyRule[]): NetworkPolicy => ({
    name: "p",
    region: "global",
    networks: ["//compute.googleapis.com/n"],
    rules,
  });
  const narrow = (rules: PolicyRule[], exceptions: string[] = []) =>
    narrowPolicy(policy(...rules), "//compute.googleapis.com/n", exceptions);
  const layer4 = (...ports: string[]) => ({ layer4Configs: [{ ipProtocol: "tcp", ports }] });

  it("keeps other kinds of sources in a rule beside the first", () => {
    const from = rule(10, { match: { ...rule(10).match, srcRegionCodes: ["DE"] } });
    const kept = { ...from, priority: 11, match: { ...from.match, srcIpRanges: [], ...layer4("22") } };
    const to = { ...from, match: { ...from.match, ...layer4("443") } };
    expect(narrow([from])).toEqual({ rules: [{ from, to, companion: kept }] });
  });

  it("takes the priority before where the one behind is taken, and refuses where both are", () => {
    const exceptions = ["192.0.2.0/24"];
    const closed = { match: { srcIpRanges: ["10.0.0.0/8"], ...layer4("22") } };
    const split = narrow([rule(10), rule(11, closed)], exceptions);
    expect(split).toMatchObject({ rules: [{ companion: { priority: 9 } }] });
    expect(narrow([rule(9, closed), rule(10), rule(11, closed)], exceptions)).toHaveProperty("refused");
  });

  it("leaves alone what a denial of the policy takes already, what denies, and what is switched off", () => {
    const denial = rule(1, { action: "deny", match: { srcIpRanges: ["0.0.0.0/0"], ...layer4("22") } });
    expect(narrow([denial, rule(10)])).toEqual({ rules: [] });
    expect(narrow([rule(10, { disabled: true }), rule(11, { action: "goto_next" })])).toEqual({ rules: [] });
  });

  it("is left alone where the exceptions are the internet", () => {
    expect(narrow([rule(10)], ["0.0.0.0/0"])).toHaveProperty("refused");
  });
});
