import { paginateDescribeManagedPrefixLists, paginateGetManagedPrefixListEntries } from "@aws-sdk/client-ec2";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { areOpenTogether, familyOf, rangeOf } from "#lib/checks/ip-ranges.ts";
import type { AwsAccess } from "#lib/clouds/access.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import { closeIngress, ingressChecks, type ReferredList } from "./close-ingress.ts";
import { callsBetween, idOf, inOrder, missingFrom, type Rule, readGroup } from "./security-group-rules.ts";

/** Inbound rules, and what the prefix lists hold that these refer to. */
type State = { ingress: Rule[]; prefixLists: ReferredList[] };

const Ports = z.array(
  z
    .string()
    .regex(/^\d{1,5}(-\d{1,5})?$/, "A port such as 22, or ports such as 8000-8100.")
    .transform((text): [number, number] => {
      const [from = "", to = from] = text.split("-");
      return [Number(from), Number(to)];
    })
    .refine(([from, to]) => from <= to && to <= 65_535, "Ports are between 0 and 65535."),
);
const Parameters = z.object({
  /** What is to pass; all of them when null or left out. */
  checks: z.array(z.string()).nullish(),
  ports: Ports.default([]),
  leaveOpen: Ports.default([]),
  exceptions: z
    .array(
      z
        .string()
        .refine((cidr) => rangeOf(cidr).length > 0, "A range such as 203.0.113.0/24.")
        .transform(asWritten),
    )
    .default([]),
});
type Parameters = z.output<typeof Parameters>;

/** A range as EC2 itself writes it, or what is read afterwards would not be what was planned. */
function asWritten(cidr: string): string {
  const network = (familyOf(cidr) === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr);
  return `${network.toString()}/${Number(cidr.slice(cidr.indexOf("/") + 1))}`;
}

export const restrictIngress = defineOperation<"aws", State, Parameters>({
  id: "aws.ec2.restrict-ingress",
  cloud: "aws",
  title: "Take out of the group's inbound rules what lets the internet in",
  kinds: ["aws.ec2.security-group"],
  parameters: Parameters,
  reads: [
    "ec2:DescribeManagedPrefixLists",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:GetManagedPrefixListEntries",
  ],
  calls: ["aws.ec2.AuthorizeSecurityGroupIngress", "aws.ec2.RevokeSecurityGroupIngress"],

  async read(access, context) {
    const group = await readGroup(access, context);
    if (!group) return null;
    return { ingress: group.ingress, prefixLists: await readLists(access, context, group.ingress) };
  },

  plan({ ingress, prefixLists }, { checks, ports, leaveOpen, exceptions }, target) {
    const open = (["ipv4", "ipv6"] as const).some((family) =>
      areOpenTogether(
        family,
        exceptions.filter((cidr) => familyOf(cidr) === family),
      ),
    );
    if (open) return { outcome: "refused", reason: "The exceptions together are the whole internet." };
    const wishes = { checks: checks ?? ingressChecks, ports, leaveOpen, exceptions };
    const closed = closeIngress(ingress, prefixLists, wishes, target);
    if (closed.outcome === "refused") return closed;
    const after = inOrder(closed.rules);
    const calls = callsBetween(idOf(target.uid), "ingress", ingress, after);
    if (calls.length === 0)
      return { outcome: "nothing", reason: "The group lets nobody in from the internet there." };
    return {
      outcome: "change",
      after: { ingress: after, prefixLists: referredBy(after, prefixLists) },
      calls,
      notes: notesOf(ingress, after),
    };
  },

  wayBack(before, present, target) {
    return { calls: callsBetween(idOf(target.uid), "ingress", present.ingress, before.ingress) };
  },
});

function notesOf(before: readonly Rule[], after: readonly Rule[]): string[] {
  const added = missingFrom(before, after);
  const removed = missingFrom(after, before);
  const notes = [
    "Whoever comes from elsewhere in the internet is turned away from then on; connections that are open already may go on until they end.",
  ];
  const exceptions = added.filter(({ peer }) => !removed.some((rule) => rule.peer === peer));
  if (exceptions.length > 0) {
    const kept = [...new Set(exceptions.map(({ peer }) => peer))];
    notes.push(`Access is kept for ${kept.join(", ")}, by rules of their own.`);
  }
  if (removed.some(({ peerType }) => peerType === "prefix-list")) {
    notes.push("Addresses kept from a prefix list no longer follow the list when it changes.");
  }
  if (removed.some(({ protocol }) => protocol === "-1")) {
    notes.push(
      "A rule for all traffic is replaced by rules for what is left of TCP, UDP and ICMP; other protocols, such as GRE and ESP, are closed by it.",
    );
  }
  return notes;
}

const referredBy = (rules: readonly Rule[], lists: readonly ReferredList[]): ReferredList[] =>
  lists.filter(({ id }) => rules.some(({ peer }) => peer === id));

/** The lists that rules refer to, as far as they still exist. */
async function readLists(
  access: AwsAccess,
  { target, signal }: OperationContext,
  rules: readonly Rule[],
): Promise<ReferredList[]> {
  const ids = [
    ...new Set(rules.flatMap(({ peerType, peer }) => (peerType === "prefix-list" ? [peer] : []))),
  ].sort();
  if (ids.length === 0) return [];
  const client = access.clients(target.region).ec2;
  const found: ReferredList[] = [];
  const pages = paginateDescribeManagedPrefixLists(
    { client, pageSize: 100 },
    { Filters: [{ Name: "prefix-list-id", Values: ids }] },
    { abortSignal: signal },
  );
  for await (const { PrefixLists = [] } of pages) {
    for (const { PrefixListId: id = "", OwnerId } of PrefixLists) {
      found.push({ id, entries: OwnerId === "AWS" ? null : await readEntries(id) });
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));

  async function readEntries(PrefixListId: string): Promise<string[]> {
    const cidrs: string[] = [];
    const entries = paginateGetManagedPrefixListEntries(
      { client, pageSize: 100 },
      { PrefixListId },
      { abortSignal: signal },
    );
    for await (const { Entries = [] } of entries) cidrs.push(...Entries.flatMap(({ Cidr }) => Cidr ?? []));
    return cidrs.sort();
  }
}
