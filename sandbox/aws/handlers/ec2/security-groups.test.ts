import { beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../model.ts";
import { createTestAccount } from "../test-call.ts";
import { honourDryRun } from "./dry-run.ts";
import { securityGroupRuleHandlers } from "./security-group-rules.ts";
import { securityGroupHandlers } from "./security-groups.ts";
import { ec2 } from "./state.ts";

const { AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress } = securityGroupRuleHandlers;
const { CreateSecurityGroup, DescribeSecurityGroups, DeleteSecurityGroup } = securityGroupHandlers;
const code = (expected: string) => expect.objectContaining({ code: expected });
let call: Call;
const make = (GroupName: string) =>
  CreateSecurityGroup({ GroupName, Description: "test", VpcId: "vpc-1" }, call).GroupId;
const find = (GroupId: string) => DescribeSecurityGroups({ GroupIds: [GroupId] }, call).SecurityGroups[0];

beforeEach(() => {
  call = createTestAccount().callIn("eu-west-1");
  ec2(call).vpcs.set("vpc-1", { VpcId: "vpc-1", IsDefault: false });
});

describe("rules", () => {
  it("gathers rules with the same ports into one permission, and keeps networks by their address", () => {
    const GroupId = make("web");
    AuthorizeSecurityGroupIngress(
      {
        GroupId,
        IpPermissions: [
          {
            IpProtocol: "6",
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: "10.1.2.3/8", Description: "home" }],
            Ipv6Ranges: [{ CidrIpv6: "2001:DB8::5/32" }],
          },
        ],
      },
      call,
    );
    AuthorizeSecurityGroupIngress(
      { GroupId, IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" },
      call,
    );
    AuthorizeSecurityGroupIngress(
      { GroupId, IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId }] }] },
      call,
    );
    expect(find(GroupId)?.IpPermissions).toEqual([
      {
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "home" }, { CidrIp: "0.0.0.0/0" }],
        Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32" }],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
      {
        IpProtocol: "-1",
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId, UserId: call.account }],
      },
    ]);
  });

  it("takes back exactly what it is told, by permission or by id", () => {
    const GroupId = make("web");
    const open = { GroupId, IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" };
    const { SecurityGroupRules } = AuthorizeSecurityGroupIngress(open, call);
    expect(() => AuthorizeSecurityGroupIngress(open, call)).toThrow(code("InvalidPermission.Duplicate"));
    expect(() => RevokeSecurityGroupIngress({ ...open, ToPort: 23 }, call)).toThrow(
      code("InvalidPermission.NotFound"),
    );
    expect(find(GroupId)?.IpPermissions).toHaveLength(1);
    const id = SecurityGroupRules[0]?.SecurityGroupRuleId ?? "";
    const revoked = RevokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] }, call);
    expect(revoked.RevokedSecurityGroupRules).toEqual([
      {
        SecurityGroupRuleId: id,
        GroupId,
        IsEgress: false,
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIpv4: "0.0.0.0/0",
      },
    ]);
    expect(find(GroupId)?.IpPermissions).toEqual([]);
    expect(find(GroupId)?.IpPermissionsEgress).toHaveLength(1);
  });

  it("refuses malformed networks and ports", () => {
    const GroupId = make("web");
    const base = { GroupId, IpProtocol: "tcp", FromPort: 1, ToPort: 2 };
    expect(() => AuthorizeSecurityGroupIngress({ ...base, CidrIp: "10.0.0.0/33" }, call)).toThrow(
      code("InvalidParameterValue"),
    );
    expect(() => AuthorizeSecurityGroupIngress({ ...base, ToPort: 0, CidrIp: "10.0.0.0/8" }, call)).toThrow(
      code("InvalidParameterValue"),
    );
  });
});

describe("groups", () => {
  it("filters by value and wildcard, all filters at once, and refuses filters it doesn't know", () => {
    const ids = ["web-1", "web-2", "db (old)"].map(make);
    AuthorizeSecurityGroupIngress(
      { GroupId: ids[1], IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" },
      call,
    );
    const names = (...Filters: { Name: string; Values: string[] }[]) =>
      DescribeSecurityGroups({ Filters }, call).SecurityGroups.map((group) => group.GroupName);
    expect(names({ Name: "group-name", Values: ["web-?"] })).toEqual(["web-1", "web-2"]);
    expect(names({ Name: "group-name", Values: ["db (old)"] })).toEqual(["db (old)"]);
    expect(
      names(
        { Name: "vpc-id", Values: ["vpc-1", "vpc-2"] },
        { Name: "ip-permission.to-port", Values: ["443"] },
      ),
    ).toEqual(["web-2"]);
    expect(() => names({ Name: "colour", Values: ["red"] })).toThrow(code("InvalidParameterValue"));
  });

  it("deletes only what nothing refers to, and knows what isn't there", () => {
    const [a = "", b = ""] = ["a", "b"].map(make);
    AuthorizeSecurityGroupIngress(
      { GroupId: b, IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: a }] }] },
      call,
    );
    expect(() => DeleteSecurityGroup({ GroupId: a }, call)).toThrow(code("DependencyViolation"));
    DeleteSecurityGroup({ GroupId: b }, call);
    DeleteSecurityGroup({ GroupId: a }, call);
    expect(() => find(a)).toThrow(code("InvalidGroup.NotFound"));
  });

  it("only rehearses when told so", () => {
    const GroupId = make("kept");
    const handlers = honourDryRun(securityGroupHandlers);
    expect(() => handlers.DeleteSecurityGroup?.({ GroupId, DryRun: true } as never, call)).toThrow(
      code("DryRunOperation"),
    );
    expect(find(GroupId)?.GroupName).toBe("kept");
  });
});

describe("what can't be opened", () => {
  const open = (GroupId: string | undefined, ...ranges: { CidrIp: string; Description?: string }[]) =>
    AuthorizeSecurityGroupIngress(
      { GroupId, IpPermissions: [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, IpRanges: ranges }] },
      call,
    );

  it("the same twice in a request, or with a description of other signs", () => {
    const GroupId = make("web");
    const range = { CidrIp: "192.0.2.0/24" };
    expect(() => open(GroupId, range, range)).toThrow(code("InvalidParameterValue"));
    expect(() => open(GroupId, { ...range, Description: "Büro" })).toThrow(code("InvalidParameterValue"));
    expect(find(GroupId ?? "")?.IpPermissions).toEqual([]);
  });

  it("more than a group takes", () => {
    const GroupId = make("web");
    const ranges = Array.from({ length: 60 }, (_, n) => ({ CidrIp: `192.0.2.${n}/32` }));
    open(GroupId, ...ranges);
    expect(() => open(GroupId, { CidrIp: "192.0.2.99/32" })).toThrow(
      code("RulesPerSecurityGroupLimitExceeded"),
    );
  });
});
