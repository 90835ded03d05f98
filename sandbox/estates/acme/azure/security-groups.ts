import { addSecurityGroup, type NewRule } from "#sandbox/estates/build/azure/network.ts";
import { type AzureSite, inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { type Environment, officeCidr, type TeamKey, tagsOf, vpnCidr } from "../company.ts";

/** Ids of security groups, by name. */
export type SecurityGroups = Readonly<Record<string, string>>;

/** What stands in front of every group that an incident was about: opened ports may come, but not these. */
const sealed: NewRule[] = [
  {
    name: "seal-admin-ports",
    priority: 100,
    access: "Deny",
    protocol: "*",
    from: "Internet",
    ports: ["22", "3389"],
    description: "INC-2217: whatever is allowed below, never from the internet.",
  },
];

export const webRules: NewRule[] = [
  { name: "https-from-front-door", priority: 200, from: "AzureFrontDoor.Backend", ports: "443" },
  { name: "ssh-from-office", priority: 300, from: [officeCidr, vpnCidr], ports: "22" },
];

type Story = [name: string, team: TeamKey, rules: NewRule[]];

const stories: Record<Exclude<Environment, "security">, Story[]> = {
  production: [
    ["nsg-shop-web", "checkout", webRules],
    [
      "nsg-shop-app",
      "checkout",
      [{ name: "app-from-web", priority: 200, from: "10.40.1.0/24", ports: "8443" }],
    ],
    [
      "nsg-shop-data",
      "ledger",
      [{ name: "sql-from-app", priority: 200, from: "10.40.2.0/24", ports: ["1433", "5432"] }],
    ],
    [
      "nsg-bastion",
      "platform",
      [
        { name: "https-from-internet", priority: 120, from: "Internet", ports: "443" },
        { name: "gateway-manager", priority: 130, from: "GatewayManager", ports: "443" },
        { name: "load-balancer", priority: 140, from: "AzureLoadBalancer", ports: "443" },
      ],
    ],
    // The first machine of the subscription; its owner has left.
    ["nsg-jumphost-2018", "platform", [{ name: "default-allow-ssh", priority: 1000, ports: "22" }]],
    // Open by its own rule, and yet closed: the seal of an incident comes first.
    ["nsg-shop-batch", "payouts", [...sealed, { name: "allow-ssh-anywhere", priority: 310, ports: "22" }]],
    // Somebody was told that 0.0.0.0/0 is not allowed.
    [
      "nsg-partner-sftp",
      "merchants",
      [
        { name: "sftp-low", priority: 200, from: "0.0.0.0/1", ports: "22" },
        { name: "sftp-high", priority: 210, from: "128.0.0.0/1", ports: "22" },
      ],
    ],
    // The seal was written for IPv4 alone.
    [
      "nsg-edge-v6",
      "platform",
      [
        { name: "no-ssh", priority: 100, access: "Deny", from: "0.0.0.0/0", ports: "22" },
        { name: "edge-maintenance", priority: 200, ports: ["22", "8443"] },
      ],
    ],
    ["nsg-public-web", "marketing", [{ name: "web", priority: 200, from: "Internet", ports: ["80", "443"] }]],
    ["nsg-dns-resolver", "platform", [{ name: "dns", priority: 200, protocol: "Udp", ports: "53" }]],
  ],
  staging: [
    [
      "nsg-analysts",
      "data",
      [
        { name: "rdp-any", priority: 1001, from: "Internet", ports: "3380-3400" },
        { name: "ssh-from-office", priority: 1010, from: officeCidr, ports: "22" },
      ],
    ],
    // "Let's find out later which ports it needs."
    ["nsg-vendor-appliance", "data", [{ name: "allow-all", priority: 100, protocol: "*", ports: "*" }]],
    [
      "nsg-lake",
      "data",
      [{ name: "https-from-network", priority: 200, from: "VirtualNetwork", ports: "443" }],
    ],
    ["nsg-databricks-public", "data", []],
    ["nsg-databricks-private", "data", []],
  ],
};

/** The security groups that have a story. */
export function addSecurityGroups(site: AcmeAzureSite): SecurityGroups {
  const { environment } = site;
  const isProduction = environment === "production";
  const at: AzureSite = inGroup(
    site,
    `rg-network-${isProduction ? "prod" : "staging"}`,
    isProduction ? "westeurope" : "germanywestcentral",
    tagsOf(environment, "platform"),
  );
  return Object.fromEntries(
    stories[isProduction ? "production" : "staging"].map(([name, team, rules]) => [
      name,
      addSecurityGroup(at, { name, tags: tagsOf(environment, team), rules }).id,
    ]),
  );
}
