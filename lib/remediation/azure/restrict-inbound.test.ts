import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open, rehearse } from "../test-journal.ts";
import { type AcmeSandbox, production, staging, startAcme } from "./test-acme.ts";

let acme: AcmeSandbox;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const type = "Microsoft.Network/networkSecurityGroups";
const check = (name: string) => `azure.network.security-group-${name}`;
const run = (
  { id }: { id: string },
  name: string,
  checks: string[],
  exceptions: string[] = [],
  crashes = true,
) => {
  const ids = checks.map(check);
  return rehearse({
    account: acme.writer(id),
    target: acme.target(id, "azure.network.security-group", type, name),
    operation: "azure.network.restrict-inbound",
    with: { checks: ids, exceptions },
    checks: ids,
    crashes,
  });
};

describe("restricting what a security group lets in", () => {
  it("takes out a rule that is for the internet alone", async () => {
    const { plan, after } = await run(production, "nsg-jumphost-2018", ["ssh"]);
    expect(after).toEqual({ rules: [] });
    expect(plan.commands).toEqual([
      expect.stringMatching(/^az rest --method delete --url .*securityRules\/default-allow-ssh\?/),
    ]);
    expect(plan.wayBackCommands).toEqual([
      expect.stringMatching(/^az rest --method put .*default-allow-ssh/),
    ]);
  }, 60_000);

  it("leaves stated exceptions their way in", async () => {
    const { after } = await run(
      production,
      "nsg-jumphost-2018",
      ["ssh"],
      ["203.0.113.0/24", "2001:db8::/48"],
      false,
    );
    expect(after).toMatchObject({
      rules: [
        {
          name: "default-allow-ssh",
          priority: 1000,
          destinationPortRange: "22",
          sourceAddressPrefixes: ["2001:db8::/48", "203.0.113.0/24"],
        },
      ],
    });
  }, 60_000);

  it("splits a rule for every protocol and port", async () => {
    const { after } = await run(staging, "nsg-vendor-appliance", ["ssh", "rdp"]);
    expect(after).toMatchObject({
      rules: [
        { name: "allow-all", priority: 100, protocol: "*", sourceAddressPrefix: "*" },
        { name: "allow-all-2", priority: 101, destinationPortRange: "22", protocol: "Udp" },
        { name: "allow-all-3", priority: 102, protocol: "Icmp", destinationPortRange: "*" },
        { name: "allow-all-4", priority: 103, protocol: "Esp", destinationPortRange: "*" },
        { name: "allow-all-5", priority: 104, protocol: "Ah", destinationPortRange: "*" },
      ],
    });
  }, 60_000);

  it.each([
    ["nsg-partner-sftp", production, ["ssh"]],
    ["nsg-edge-v6", production, ["ssh"]],
    ["nsg-public-web", production, ["http"]],
    ["nsg-dns-resolver", production, ["udp"]],
    ["nsg-analysts", staging, ["rdp"]],
    ["nsg-vendor-appliance", staging, ["all-ports"]],
    ["nsg-vendor-appliance", staging, ["all-ports", "ssh", "rdp", "http", "udp"]],
  ])(
    "fixes %s and brings it back",
    async (name, where, checks) => {
      await run(where, name, checks, ["198.51.100.0/24"]);
    },
    60_000,
  );

  it("waits for changes that Azure takes its time for", async () => {
    acme.estate.operationMs = 100;
    await run(production, "nsg-public-web", ["http"], [], false);
    delete acme.estate.operationMs;
  }, 60_000);

  it("goes back from half-way when Azure refuses the rest", async () => {
    const where = {
      account: acme.writer(production.id),
      target: acme.target(production.id, "azure.network.security-group", type, "nsg-partner-sftp"),
    };
    const { handler, context, close } = open(where);
    const spec = {
      kind: "azure",
      operation: "azure.network.restrict-inbound",
      with: { checks: [check("ssh")], exceptions: ["8.8.8.0/24"] },
    };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    expect(plan.calls.map(({ id }) => id)).toEqual(["put-sftp-low", "delete-sftp-high"]);
    const action = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
    const step = context();
    acme.faults.deny = ["Microsoft.Network/networkSecurityGroups/securityRules/delete"];
    await expect(handler.apply(action, step, plan.before)).rejects.toMatchObject({ reason: "denied" });
    const images = { before: plan.before, after: undefined, calls: step.journal.records };
    expect(await handler.read(action, context())).not.toEqual(plan.before);
    expect(await handler.rollback(action, context(), images)).toEqual({ after: plan.before, differs: null });
    acme.faults.deny = [];
    close();
  }, 60_000);
});
