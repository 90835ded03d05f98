import { describe, expect, it } from "vitest";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import type { Json, Target } from "../model.ts";
import { planFrom } from "../plan-from.ts";
import { open, rehearse } from "../test-journal.ts";
import { restrictIngress } from "./restrict-ingress.ts";
import type { Rule } from "./security-group-rules.ts";
import { startAcme } from "./test-acme.ts";

const acme = await startAcme();

/** Such as `tcp 22-22 from 0.0.0.0/0 (office)`. */
const say = ({ protocol, from, to, peer, description }: Rule) =>
  `${protocol} ${from}-${to} from ${peer}${description === null ? "" : ` (${description})`}`;
const sayAll = (state: Json) => (state as { ingress: Rule[] }).ingress.map(say);

type Story = {
  account: string;
  region: string;
  group: string;
  checks: string[];
  after: string[];
  /** Whether the worker dies at every point as well. */
  crashes?: boolean;
};

const production = { account: "Acme Production", region: "eu-west-1" };
const america = { account: "Acme Production", region: "us-east-1" };
const staging = { account: "Acme Staging", region: "eu-west-1" };
const everything = ["ssh", "rdp", "cifs", "all-ports"];

const stories: Story[] = [
  {
    ...{ ...production, group: "jumphost-2019", checks: ["ssh"], crashes: true },
    after: ["tcp 22-22 from 203.0.113.0/25 (remove after migration (March 2019))"],
  },
  {
    // The list's honest entry stays, though by a rule of its own.
    ...{ ...production, group: "partner-sftp", checks: ["ssh"] },
    after: [
      "tcp 22-22 from 203.0.113.0/25 (list kept by Merchants)",
      "tcp 22-22 from 203.0.113.128/25 (list kept by Merchants)",
    ],
  },
  {
    ...{ ...production, group: "Windows terminal servers", checks: ["rdp"] },
    after: ["tcp 3389-3389 from 203.0.113.0/25 (Buchhaltung Homeoffice)"],
  },
  {
    ...{ ...production, group: "legacy-fileshare", checks: ["cifs"] },
    after: ["tcp 445-445 from 203.0.113.0/25"],
  },
  {
    ...{ ...america, group: "split-world-ssh", checks: ["ssh"], crashes: true },
    after: ["tcp 22-22 from 203.0.113.0/25"],
  },
  {
    ...{ ...america, group: "ops-port-range", checks: ["ssh"], crashes: true },
    after: ["tcp 20-21 from ::/0 (FTP, SSH, mail)", "tcp 23-25 from ::/0 (FTP, SSH, mail)"],
  },
  {
    ...{ ...america, group: "all-tcp", checks: everything },
    after: ["tcp 0-65535 from 203.0.113.0/25", "tcp 443-443 from 0.0.0.0/0"],
  },
  {
    ...{ ...staging, group: "everything-open (debug)", checks: everything },
    after: ["-1 null-null from 203.0.113.0/25", "tcp 443-443 from 0.0.0.0/0"],
  },
  {
    ...{ ...staging, group: "everything-open (debug)", checks: ["ssh"], crashes: true },
    after: [
      "icmp -1--1 from 0.0.0.0/0",
      "tcp 0-21 from 0.0.0.0/0",
      "tcp 22-22 from 203.0.113.0/25",
      "tcp 23-65535 from 0.0.0.0/0",
      "udp 0-65535 from 0.0.0.0/0",
    ],
  },
  {
    ...{ ...staging, group: "debug-ipv6", checks: ["rdp", "all-ports"] },
    after: ["tcp 443-443 from ::/0"],
  },
  {
    ...{ ...staging, group: "rdp-range-ipv6", checks: ["rdp"] },
    after: ["tcp 3380-3388 from ::/0", "tcp 3390-3400 from ::/0"],
  },
  {
    ...{ ...staging, group: "smb-range", checks: ["cifs"] },
    after: ["tcp 137-444 from 0.0.0.0/0", "tcp 445-445 from 203.0.113.0/25"],
  },
  {
    ...{ ...staging, group: "mosh-udp", checks: ["rdp"] },
    after: [
      "udp 22-3388 from 0.0.0.0/0",
      "udp 3389-3389 from 203.0.113.0/25",
      "udp 3390-61000 from 0.0.0.0/0",
    ],
  },
];

describe("restricting a security group of Acme's", { timeout: 120_000 }, () => {
  it.each(stories)("$group is closed for $checks, and restored", async (story) => {
    const { account, region, group, crashes = false } = story;
    const checks = story.checks.map((check) => `aws.ec2.security-group-${check}`);
    const { after } = await rehearse({
      account: acme.accountNamed(account),
      target: acme.groupNamed(account, region, group),
      operation: "aws.ec2.restrict-ingress",
      with: { checks, exceptions: ["203.0.113.0/25"], leaveOpen: ["443"] },
      checks,
      crashes,
    });
    expect(sayAll(after).sort()).toEqual(story.after);
  });
});

it("a group that takes no more rules stays as it is, with nobody locked out", async () => {
  const target = acme.groupNamed("Acme Production", "us-east-1", "ops-port-range");
  const state = ec2State(acme.estateOf("Acme Production"), "us-east-1");
  const group = state.groups.get(target.name);
  const [wide] = group?.rules.filter(({ IsEgress }) => !IsEgress) ?? [];
  for (let n = 0; wide && n < 59; n += 1) {
    const { CidrIpv6: _, ...rest } = wide;
    const one = { SecurityGroupRuleId: `sgr-${n}`, CidrIpv4: `10.0.${n}.0/24` };
    group?.rules.push({ ...rest, ...one });
  }
  const { handler, context, close } = open({ account: acme.accountNamed("Acme Production"), target });
  const spec = {
    ...{ kind: "aws", operation: "aws.ec2.restrict-ingress" },
    with: { checks: ["aws.ec2.security-group-ssh"] },
  };
  const planned = await handler.plan(spec, context());
  if (planned.outcome !== "change") throw new Error(planned.reason);
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan: planned };
  const step = context();
  await expect(handler.apply(action, step, planned.before)).rejects.toMatchObject({
    reason: "failed",
    message: expect.stringMatching(/^RulesPerSecurityGroupLimitExceeded/),
  });
  expect(await handler.read(action, context())).toEqual(planned.before);
  const images = { before: planned.before, after: undefined, calls: step.journal.records };
  expect(await handler.rollback(action, context(), images)).toEqual({ after: planned.before, differs: null });
  close();
});

const target: Target = {
  uid: "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
  kind: "aws.ec2.security-group",
  cloud: "aws",
  account: "111122223333",
  region: "eu-west-1",
  name: "web",
};
const rule = (protocol: string, from: number | null, to: number | null, peer: string, more = {}): Rule => ({
  ...{ protocol, from, to, peer, peerOwner: null, description: null, tags: {} },
  peerType: peer.startsWith("sg-") ? "security-group" : peer.includes(":") ? "ipv6" : "ipv4",
  ...more,
});
const plan = (ingress: Rule[], given: object) =>
  planFrom(restrictIngress, { ingress, prefixLists: [] }, restrictIngress.parameters.parse(given), target);

describe("the plan", () => {
  const kept = [
    rule("tcp", 443, 443, "0.0.0.0/0", { description: "web" }),
    rule("tcp", 22, 22, "198.51.100.0/24", { description: "office" }),
    rule("-1", null, null, "sg-2", { description: "nodes", tags: { team: "platform" } }),
  ];

  it("opens what stays before it closes what goes, and closes nothing else", () => {
    const wide = rule("tcp", 20, 25, "0.0.0.0/0", { description: "ops", tags: { team: "payouts" } });
    const planned = plan([...kept, wide], { checks: ["aws.ec2.security-group-ssh"] });
    if (planned.outcome !== "change") throw new Error(planned.reason);
    expect(sayAll(planned.after).sort()).toEqual([
      "-1 null-null from sg-2 (nodes)",
      "tcp 20-21 from 0.0.0.0/0 (ops)",
      "tcp 22-22 from 198.51.100.0/24 (office)",
      "tcp 23-25 from 0.0.0.0/0 (ops)",
      "tcp 443-443 from 0.0.0.0/0 (web)",
    ]);
    expect(planned.calls).toEqual([
      {
        id: expect.stringMatching(/^authorize-[0-9a-f]{8}-ingress$/),
        api: "aws.ec2.AuthorizeSecurityGroupIngress",
        input: {
          GroupId: "sg-1",
          IpPermissions: [
            {
              IpProtocol: "tcp",
              FromPort: 20,
              ToPort: 21,
              IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "ops" }],
            },
            {
              IpProtocol: "tcp",
              FromPort: 23,
              ToPort: 25,
              IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "ops" }],
            },
          ],
          TagSpecifications: [
            { ResourceType: "security-group-rule", Tags: [{ Key: "team", Value: "payouts" }] },
          ],
        },
      },
      {
        id: "revoke-ingress",
        api: "aws.ec2.RevokeSecurityGroupIngress",
        input: {
          GroupId: "sg-1",
          IpPermissions: [
            { IpProtocol: "tcp", FromPort: 20, ToPort: 25, IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
          ],
        },
      },
    ]);
    expect(planned.commands[1]).toBe(
      `aws ec2 revoke-security-group-ingress --cli-input-json '{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":20,"ToPort":25,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}' --region eu-west-1`,
    );
  });

  it("leaves a rule alone that what is left of another would be the same as", () => {
    const planned = plan(
      [rule("tcp", 20, 22, "0.0.0.0/0", { description: "wide" }), rule("tcp", 20, 21, "0.0.0.0/0")],
      { checks: ["aws.ec2.security-group-ssh"] },
    );
    if (planned.outcome !== "change") throw new Error(planned.reason);
    expect([sayAll(planned.after), planned.calls.map(({ id }) => id)]).toEqual([
      ["tcp 20-21 from 0.0.0.0/0"],
      ["revoke-ingress"],
    ]);
  });

  it("closes further ports that are asked for, over TCP and UDP", () => {
    const wide = [rule("tcp", 5432, 5432, "0.0.0.0/0"), rule("udp", 5000, 6000, "::/0")];
    const planned = plan([...kept, ...wide], { checks: [], ports: ["5432"] });
    if (planned.outcome !== "change") throw new Error(planned.reason);
    expect(sayAll(planned.after).sort()).toEqual([
      "-1 null-null from sg-2 (nodes)",
      "tcp 22-22 from 198.51.100.0/24 (office)",
      "tcp 443-443 from 0.0.0.0/0 (web)",
      "udp 5000-5431 from ::/0",
      "udp 5433-6000 from ::/0",
    ]);
  });

  it("does nothing where nothing offends, and refuses exceptions that are the internet", () => {
    expect(plan(kept, {})).toMatchObject({ outcome: "nothing" });
    const exceptions = ["0.0.0.0/1", "128.0.0.0/1"];
    expect(plan([...kept, rule("tcp", 22, 22, "0.0.0.0/0")], { exceptions })).toEqual({
      outcome: "refused",
      reason: "The exceptions together are the whole internet.",
    });
  });

  it("writes exceptions as EC2 does, whatever stands behind their length", () => {
    const exceptions = ["203.0.113.77/24", "2001:0DB8:0:0::1/032"];
    const open = [rule("tcp", 22, 22, "0.0.0.0/0"), rule("tcp", 22, 22, "::/0")];
    const planned = plan(open, { exceptions });
    if (planned.outcome !== "change") throw new Error(planned.reason);
    expect(sayAll(planned.after).sort()).toEqual([
      "tcp 22-22 from 2001:db8::/32",
      "tcp 22-22 from 203.0.113.0/24",
    ]);
  });

  it("takes no exception that isn't a range, and no port beyond the last", () => {
    for (const given of [{ exceptions: ["office"] }, { ports: ["65536"] }, { ports: ["25-20"] }]) {
      expect(restrictIngress.parameters.safeParse(given).success, JSON.stringify(given)).toBe(false);
    }
  });
});
