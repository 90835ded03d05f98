import { securityGroupAllPorts } from "#lib/checks/aws/ec2/security-group-all-ports.ts";
import { securityGroupCifs } from "#lib/checks/aws/ec2/security-group-cifs.ts";
import { securityGroupRdp } from "#lib/checks/aws/ec2/security-group-rdp.ts";
import { securityGroupSsh } from "#lib/checks/aws/ec2/security-group-ssh.ts";
import { findOpenRules, type PrefixLists, portsOf, protocolName } from "#lib/checks/aws/open-ingress.ts";
import type { Verdict } from "#lib/checks/model.ts";
import type { Resource } from "#lib/inventory/model.ts";
import type { Target } from "../model.ts";
import { asInventory, type Rule, ruleKey } from "./security-group-rules.ts";
import { type Closing, type PortRange, takeOut } from "./take-out-ports.ts";

/** The checks that opening a group to the internet fails, and what each is about. */
const checks = [
  { check: securityGroupSsh, ports: [22, 22], protocols: ["tcp"] },
  { check: securityGroupRdp, ports: [3389, 3389], protocols: ["tcp", "udp"] },
  { check: securityGroupCifs, ports: [445, 445], protocols: ["tcp"] },
  { check: securityGroupAllPorts, ports: null },
] as const;

export const ingressChecks: readonly string[] = checks.map(({ check }) => check.id);

export type ClosingWishes = {
  /** Those of `ingressChecks` that are to pass. */
  checks: readonly string[];
  /** Further ports of TCP and UDP that nobody from the internet is to reach. */
  ports: readonly PortRange[];
  /** Ports of TCP that stay open to everyone where a rule opened all of them. */
  leaveOpen: readonly PortRange[];
  exceptions: readonly string[];
};

/** A list that rules refer to; `entries` are null for AWS's own, which hold nobody's addresses but AWS's. */
export type ReferredList = { id: string; entries: string[] | null };

export type Closed = { outcome: "closed"; rules: Rule[] } | { outcome: "refused"; reason: string };

/** The rules that are left when everything that lets the internet in where it mustn't is taken out, as the checks see it. */
export function closeIngress(
  ingress: readonly Rule[],
  lists: readonly ReferredList[],
  wishes: ClosingWishes,
  target: Target,
): Closed {
  const prefixLists = asRelated(lists, target);
  const entries = new Map(lists.map((list) => [list.id, list.entries]));
  const sources = { exceptions: wishes.exceptions, entriesOf: (id: string) => entries.get(id) ?? null };
  let rules = [...ingress];
  for (const { find, closing } of offencesOf(wishes, prefixLists, target)) {
    // What lets the internet in only together shows when what does so alone is gone.
    for (let round = 0; ; round += 1) {
      const found = find(rules);
      if (found === "unread")
        return { outcome: "refused", reason: "The addresses of a prefix list could not be read." };
      if (found.length === 0) break;
      if (round === 10) {
        const words = "With these exceptions kept, it would still be open to the internet.";
        return { outcome: "refused", reason: words };
      }
      const offending = new Set(found);
      rules = withoutTwins(
        rules.flatMap((rule, index) => (offending.has(index) ? takeOut(rule, closing, sources) : [rule])),
        ingress,
      );
    }
  }
  return { outcome: "closed", rules };
}

type Offence = { find(rules: readonly Rule[]): number[] | "unread"; closing: Closing };

function offencesOf(wishes: ClosingWishes, prefixLists: PrefixLists, target: Target): Offence[] {
  const byCheck = checks
    .filter(({ check }) => wishes.checks.includes(check.id))
    .map(({ check, ...about }): Offence => {
      const closing = about.ports
        ? { ports: about.ports, protocols: about.protocols }
        : { allBut: wishes.leaveOpen };
      return { closing, find: (rules) => offendingOf(judge(check, rules, prefixLists, target)) };
    });
  const byPort = wishes.ports.map((ports): Offence => {
    const protocols = ["tcp", "udp"];
    return {
      closing: { ports, protocols },
      find(rules) {
        const { open, unread } = findOpenRules(
          asInventory(rules),
          (rule) => {
            const [from, to] = portsOf(rule);
            const speaks = rule.protocol === "-1" || protocols.includes(protocolName(rule.protocol));
            return speaks && from <= ports[1] && ports[0] <= to;
          },
          prefixLists,
          target.region,
        );
        return open.length === 0 && unread.length > 0 ? "unread" : open;
      },
    };
  });
  // Everything first: what is left open of it may still be one of the others' ports.
  return [...byCheck.reverse(), ...byPort];
}

function judge(
  { evaluate }: Pick<typeof securityGroupSsh, "evaluate">,
  rules: readonly Rule[],
  related: PrefixLists,
  target: Target,
): Verdict {
  const config = {
    ...{ groupId: "", description: null, vpcId: null, isDefault: false },
    ingress: asInventory(rules),
    egress: [],
  };
  const { uid, account, region, name } = target;
  const kind = "aws.ec2.security-group" as const;
  const resource: Resource<typeof kind> = { uid, kind, account, region, name, tags: {}, config, unread: [] };
  return evaluate(config, { resource, related, asOf: undefined as never });
}

/** A check's evidence are the rules that fail it, such as `/ingress/2`. */
function offendingOf(verdict: Verdict): number[] | "unread" {
  if (verdict.status === "unknown") return "unread";
  if (verdict.status !== "fail") return [];
  return verdict.paths.flatMap((path) => /^\/ingress\/(\d+)$/.exec(path)?.[1] ?? []).map(Number);
}

function asRelated(lists: readonly ReferredList[], { account, region }: Target): PrefixLists {
  const items = lists.map(({ id, entries }) => ({
    ...{ uid: id, account, region, name: id, tags: {}, unread: [] },
    kind: "aws.ec2.prefix-list" as const,
    config: {
      prefixListId: id,
      managedBy: entries === null ? ("aws" as const) : ("customer" as const),
      addressFamily: "IPv4" as const,
      entries,
    },
  }));
  return { of: () => ({ items: items as never, complete: true }) };
}

/** EC2 has no two rules alike: one that was there before stays as it is, with its own words. */
function withoutTwins(rules: readonly Rule[], original: readonly Rule[]): Rule[] {
  const known = new Map(original.map((rule) => [ruleKey(rule), rule]));
  const distinct = new Map<string, Rule>();
  for (const rule of rules) {
    const key = ruleKey(rule);
    if (!distinct.has(key)) distinct.set(key, known.get(key) ?? rule);
  }
  return [...distinct.values()];
}
