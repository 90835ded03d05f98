import { addSecurityGroup, type GroupRef, type RuleSpec } from "../build/security-group.ts";
import { inRegion, type Site } from "../build/site.ts";
import { type Environment, officeCidr, type TeamKey, tagsOf } from "./company.ts";
import type { Networks, PrefixLists } from "./networks.ts";

type Story = readonly [name: string, team: TeamKey, description: string, ingress: readonly RuleSpec[]];

const productionEurope = (lists: PrefixLists): Story[] => [
  [
    "public-alb",
    "checkout",
    "HTTPS from everywhere to the load balancers",
    [
      ["tcp", 443, "0.0.0.0/0"],
      ["tcp", 443, "::/0"],
      ["tcp", 80, "0.0.0.0/0", "redirected to HTTPS"],
    ],
  ],
  [
    "jumphost-2019",
    "platform",
    "TEMPORARY access for the data centre migration",
    [["tcp", 22, "0.0.0.0/0", "remove after migration (March 2019)"]],
  ],
  ["jump-host-office", "platform", "SSH from the Berlin office", [["tcp", 22, officeCidr, "Berlin office"]]],
  ["ssh-from-offices", "platform", "SSH from all offices", [["tcp", 22, lists.offices]]],
  [
    "partner-sftp",
    "merchants",
    "File exchange with integration partners",
    [["tcp", 22, lists.partners, "list kept by Merchants"]],
  ],
  [
    "Windows terminal servers",
    "finance",
    "Terminal servers of the accounting package",
    [["tcp", 3389, "0.0.0.0/0", "Buchhaltung Homeoffice"]],
  ],
  ["legacy-fileshare", "finance", "SMB share for month-end reports", [["tcp", 445, "0.0.0.0/0"]]],
  [
    "corp-internal",
    "platform",
    "Anything between Acme's own networks",
    [
      ["-1", null, "10.0.0.0/8"],
      ["-1", null, "fd00::/8"],
    ],
  ],
  ["cluster-nodes", "platform", "Nodes among themselves", [["-1", null, "self"]]],
  [
    "dns-resolvers",
    "platform",
    "Resolvers and ping",
    [
      ["udp", 53, "0.0.0.0/0"],
      ["icmp", null, "0.0.0.0/0"],
    ],
  ],
];

const productionAmerica: Story[] = [
  [
    "split-world-ssh",
    "data",
    "SSH for the US contractors",
    [
      ["tcp", 22, "0.0.0.0/1"],
      ["tcp", 22, "128.0.0.0/1"],
    ],
  ],
  ["ops-port-range", "payouts", "Settlement file transfer", [["tcp", [20, 25], "::/0", "FTP, SSH, mail"]]],
  ["all-tcp", "data", "Notebook servers", [["tcp", [0, 65_535], "0.0.0.0/0"]]],
  ["public-alb-us", "checkout", "HTTPS from everywhere", [["tcp", 443, "0.0.0.0/0"]]],
];

const staging: Story[] = [
  ["everything-open (debug)", "checkout", "do not use in prod", [["-1", null, "0.0.0.0/0"]]],
  ["debug-ipv6", "ledger", "everything, IPv6 only", [["-1", null, "::/0"]]],
  ["rdp-range-ipv6", "finance", "RDP and friends", [["tcp", [3380, 3400], "::/0"]]],
  ["smb-range", "finance", "Windows shares", [["tcp", [137, 445], "0.0.0.0/0"]]],
  ["mosh-udp", "platform", "mosh of the platform team", [["udp", [22, 61_000], "0.0.0.0/0"]]],
  ["staging-web", "checkout", "HTTPS for testers", [["tcp", 443, "0.0.0.0/0"]]],
];

const security: Story[] = [
  ["siem-ingest", "security", "Log shippers", [["tcp", 6514, "10.0.0.0/8"]]],
  ["bastion-ssm-only", "security", "No way in: sessions come through Systems Manager", []],
];

export type Groups = Map<string, GroupRef>;

/** Security groups with a story; those of ordinary workloads come with these. */
export function addFirewalls(
  site: Site,
  environment: Environment,
  networks: Networks,
  lists: PrefixLists,
): Groups {
  const groups: Groups = new Map();
  const add = (region: keyof Networks, stories: Story[]) => {
    for (const [name, team, description, ingress] of stories) {
      const tags = { Name: name, ...tagsOf(environment, team) };
      const spec = { name, description, ingress, tags };
      groups.set(name, addSecurityGroup(inRegion(site, region), networks[region].vpcId, spec));
    }
  };
  if (environment === "production") {
    add("eu-west-1", productionEurope(lists));
    add("us-east-1", productionAmerica);
  }
  if (environment === "staging") add("eu-west-1", staging);
  if (environment === "security") add("eu-west-1", security);
  return groups;
}
