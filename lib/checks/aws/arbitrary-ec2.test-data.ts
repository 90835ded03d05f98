import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  name,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { Ec2Kinds } from "#lib/inventory/aws/ec2.kinds.ts";

const cidr = constantFrom(
  "0.0.0.0/0",
  "::/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "10.0.0.0/8",
  "203.0.113.0/24",
  "2a00::/19",
);
const ports = constantFrom<[number | null, number | null]>(
  [null, null],
  [0, 65535],
  [22, 22],
  [445, 445],
  [3389, 3389],
  [0, 1023],
  [1024, 65535],
  [-1, -1],
);
const peer = fc.oneof(
  cidr.map((peer) => ({ peerType: peer.includes(":") ? ("ipv6" as const) : ("ipv4" as const), peer })),
  constantFrom("pl-1", "pl-2").map((peer) => ({ peerType: "prefix-list" as const, peer })),
  constant({ peerType: "security-group" as const, peer: "sg-1" }),
);
const rule = fc
  .tuple(constantFrom("-1", "tcp", "udp", "icmp", "6"), ports, peer)
  .map(([protocol, [fromPort, toPort], from]) => ({
    protocol,
    fromPort,
    toPort,
    ...from,
    description: null,
  }));
const entry = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    boolean(),
    constantFrom("allow", "deny"),
    constantFrom("-1", "6", "17"),
    cidr,
    ports,
  )
  .map(([ruleNumber, egress, action, protocol, range, [fromPort, toPort]]) => ({
    ruleNumber,
    egress,
    action: action === "allow" ? ("allow" as const) : ("deny" as const),
    protocol,
    cidr: range,
    fromPort,
    toPort,
  }));

export const ec2Configs: Arbitraries<keyof Ec2Kinds> = {
  "aws.ec2.instance": {
    whole: fc.record({
      state: text,
      type: text,
      imageId: nullable(text),
      launchedAt: nullable(date),
      publicIps: list(text),
      ipv6Addresses: list(text),
      metadata: fc.record({
        endpoint: constantFrom("enabled" as const, "disabled" as const),
        tokens: constantFrom("required" as const, "optional" as const),
        hopLimit: nullable(fc.nat(64)),
      }),
      instanceProfileArn: nullable(text),
      vpcId: nullable(text),
      subnetId: nullable(text),
      securityGroupIds: list(text),
      volumeIds: list(text),
      keyName: nullable(text),
    }),
    optional: ["publicIps", "metadata", "instanceProfileArn"],
  },
  "aws.ec2.security-group": {
    whole: fc.record({
      groupId: text,
      description: nullable(name),
      vpcId: nullable(text),
      isDefault: boolean(),
      ingress: list(rule, 4),
      egress: list(rule),
    }),
    optional: ["ingress", "egress"],
  },
  "aws.ec2.prefix-list": {
    whole: fc
      .record({
        prefixListId: constantFrom("pl-1", "pl-2"),
        managedBy: constantFrom("customer" as const, "aws" as const),
        addressFamily: constantFrom("IPv4" as const, "IPv6" as const),
        entries: list(cidr),
      })
      .map((one) => ({ ...one, entries: one.managedBy === "aws" ? null : one.entries })),
    optional: ["entries"],
  },
  "aws.ec2.volume": {
    whole: fc.record({
      state: text,
      encrypted: boolean(),
      kmsKeyId: nullable(text),
      sizeGib: fc.nat(),
      type: text,
      createdAt: nullable(date),
      attachedTo: list(text),
    }),
    optional: ["encrypted"],
  },
  "aws.ec2.snapshot": {
    whole: fc.record({
      state: text,
      encrypted: boolean(),
      kmsKeyId: nullable(text),
      volumeId: nullable(text),
      sizeGib: fc.nat(),
      createdAt: nullable(date),
      isPublic: boolean(),
    }),
    optional: ["encrypted", "isPublic"],
  },
  "aws.ec2.vpc": {
    whole: fc.record({
      isDefault: boolean(),
      state: text,
      cidr: nullable(text),
      cidrs: list(text),
      ipv6Cidrs: list(text),
      flowLogs: list(
        fc.record({
          id: text,
          status: constantFrom("ACTIVE", "INACTIVE"),
          trafficType: constantFrom("ALL" as const, "ACCEPT" as const, "REJECT" as const),
          destinationType: nullable(text),
          destination: nullable(text),
          deliveryStatus: nullable(constantFrom("SUCCESS", "FAILED")),
        }),
      ),
    }),
    optional: ["flowLogs"],
  },
  "aws.ec2.network-acl": {
    whole: fc.record({
      vpcId: nullable(text),
      isDefault: boolean(),
      subnetIds: list(text),
      entries: list(entry, 5),
    }),
    optional: ["entries"],
  },
  "aws.ec2.region": {
    whole: fc.record({ ebsEncryptionByDefault: boolean(), ebsDefaultKmsKeyId: nullable(text) }),
    optional: ["ebsEncryptionByDefault", "ebsDefaultKmsKeyId"],
  },
};
