import type { NetworkAcl, NetworkAclEntry } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { type Ec2State, ec2 } from "./state.ts";

const networkAcls: Describing<NetworkAcl> = {
  id: (acl) => acl.NetworkAclId,
  tags: (acl) => acl.Tags,
  notFound: ["InvalidNetworkAclID.NotFound", "networkAcl ID"],
  filters: {
    "network-acl-id": (acl) => acl.NetworkAclId,
    "vpc-id": (acl) => acl.VpcId,
    default: (acl) => acl.IsDefault,
    "association.subnet-id": (acl) => acl.Associations?.map((one) => one.SubnetId),
    "owner-id": (acl) => acl.OwnerId,
  },
};

type EntryInput = NetworkAclEntry & { NetworkAclId?: string };

export const networkAclHandlers = {
  DescribeNetworkAcls: (input, call) => {
    const page = describeItems(ec2(call).networkAcls.values(), input, input.NetworkAclIds, networkAcls);
    return { NetworkAcls: page.items, NextToken: page.next };
  },
  CreateNetworkAclEntry: (input, call) => {
    const acl = findAcl(ec2(call), input.NetworkAclId);
    if (acl.Entries?.some((entry) => isSameEntry(entry, input))) {
      throw new AwsError(
        "NetworkAclEntryAlreadyExists",
        `The network acl entry identified by ${input.RuleNumber} already exists.`,
      );
    }
    setEntries(acl, [...(acl.Entries ?? []), toEntry(input)]);
    return {};
  },
  ReplaceNetworkAclEntry: (input, call) => {
    const acl = findAcl(ec2(call), input.NetworkAclId);
    setEntries(acl, [...withoutEntry(acl, input), toEntry(input)]);
    return {};
  },
  DeleteNetworkAclEntry: (input, call) => {
    const acl = findAcl(ec2(call), input.NetworkAclId);
    setEntries(acl, withoutEntry(acl, input));
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

function findAcl(state: Ec2State, id: string | undefined): NetworkAcl {
  const acl = state.networkAcls.get(id ?? "");
  if (!acl) throw new AwsError("InvalidNetworkAclID.NotFound", `The networkAcl ID '${id}' does not exist`);
  return acl;
}

function isSameEntry(a: EntryInput, b: EntryInput): boolean {
  return a.RuleNumber === b.RuleNumber && a.Egress === b.Egress;
}

function withoutEntry(acl: NetworkAcl, input: EntryInput): NetworkAclEntry[] {
  const rest = (acl.Entries ?? []).filter((entry) => !isSameEntry(entry, input));
  if (rest.length === acl.Entries?.length) {
    throw new AwsError(
      "InvalidNetworkAclEntry.NotFound",
      `The network acl entry identified by ${input.RuleNumber} does not exist.`,
    );
  }
  return rest;
}

/** EC2 lists outbound entries first, each side by number. */
function setEntries(acl: NetworkAcl, entries: NetworkAclEntry[]): void {
  acl.Entries = entries.sort(
    (a, b) => Number(b.Egress) - Number(a.Egress) || (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0),
  );
}

function toEntry(input: EntryInput): NetworkAclEntry {
  const { CidrBlock, Ipv6CidrBlock, Egress, IcmpTypeCode, PortRange, Protocol, RuleAction, RuleNumber } =
    input;
  return {
    ...(Ipv6CidrBlock ? { Ipv6CidrBlock } : { CidrBlock }),
    ...(PortRange ? { PortRange } : {}),
    ...(IcmpTypeCode ? { IcmpTypeCode } : {}),
    Egress,
    Protocol,
    RuleAction,
    RuleNumber,
  };
}
