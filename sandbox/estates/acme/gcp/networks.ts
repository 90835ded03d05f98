import {
  addBackendService,
  addFirewall,
  addFirewallPolicy,
  addHierarchicalPolicy,
  addNetwork,
  addSubnet,
  type GcpNetwork,
} from "../../build/gcp/network.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import type { GcpEnvironment } from "./company.ts";

/** Where Google's Identity-Aware Proxy connects from. */
const identityAwareProxy = "35.235.240.0/20";

/** The network that ordinary machines are in. */
export function layGcpNetworks(site: GcpSite, environment: GcpEnvironment): GcpNetwork {
  const { main, scratch } = environment === "production" ? layProduction(site) : layDevelopment(site);
  // Set on the organisation: machines that hold models are nobody's desktop, and some sources are never welcome.
  addHierarchicalPolicy(site, "acme-baseline", [
    {
      priority: 100,
      action: "deny",
      traffic: "all",
      match: { srcThreatIntelligences: ["iplist-known-malicious-ips"] },
    },
    {
      priority: 200,
      action: "allow",
      traffic: "tcp:22,3389",
      match: { srcIpRanges: [identityAwareProxy] },
    },
    ...(scratch
      ? [
          {
            priority: 300,
            action: "deny" as const,
            traffic: "tcp:3389 udp:3389",
            match: { srcIpRanges: ["0.0.0.0/0"] },
            networks: [scratch],
          },
        ]
      : []),
  ]);
  return main;
}

function layProduction(site: GcpSite): { main: GcpNetwork; scratch: GcpNetwork | null } {
  const main = addNetwork(site, "analytics");
  addSubnet(site, main, "analytics-fra", { region: "europe-west3", cidr: "10.10.0.0/20", flowLogs: "on" });
  addSubnet(site, main, "analytics-bru", { region: "europe-west1", cidr: "10.10.16.0/20", flowLogs: "on" });
  addSubnet(site, main, "analytics-proxies", {
    region: "europe-west3",
    cidr: "10.10.48.0/23",
    purpose: "REGIONAL_MANAGED_PROXY",
  });
  addFirewall(site, main, "analytics-allow-internal", { traffic: "tcp udp icmp", from: ["10.10.0.0/16"] });
  addFirewall(site, main, "analytics-allow-iap", { traffic: "tcp:22,3389", from: [identityAwareProxy] });
  addFirewall(site, main, "analytics-allow-health-checks", {
    traffic: "tcp:8080,8443",
    from: ["35.191.0.0/16", "130.211.0.0/22"],
    tags: ["web"],
  });
  addFirewall(site, main, "analytics-allow-https", { traffic: "tcp:443", tags: ["web"] });
  addFirewall(site, main, "analytics-deny-metadata-egress", {
    traffic: "tcp:25",
    action: "deny",
    direction: "EGRESS",
  });
  // Security's guard over whatever teams add later.
  addFirewall(site, main, "analytics-deny-admin", {
    traffic: "tcp:22,3389 udp:3389",
    action: "deny",
    priority: 500,
    from: ["0.0.0.0/0"],
    description: "No administration from the internet",
  });
  // Shadowed by the guard: it looks open, and isn't.
  addFirewall(site, main, "analytics-debug-ssh", { traffic: "tcp:22", tags: ["debug"] });
  // Slipped in above the guard, for a consultant who left long ago.
  addFirewall(site, main, "analytics-consultant-ssh", {
    traffic: "tcp:20-25",
    priority: 400,
    tags: ["etl-legacy"],
    description: "temp, remove after migration",
    ageDays: 740,
  });
  // The guard knows nothing of IPv6.
  addFirewall(site, main, "analytics-rdp-v6", { traffic: "tcp:3389", from: ["::/0"], tags: ["reporting"] });
  addFirewall(site, main, "analytics-open-bench", { traffic: "all", isDisabled: true });

  const partners = addNetwork(site, "partners", { policiesFirst: true });
  addSubnet(site, partners, "partners-fra", {
    region: "europe-west3",
    cidr: "10.20.0.0/20",
    flowLogs: "off",
  });
  addFirewall(site, partners, "partners-sftp", {
    traffic: "tcp:22",
    from: ["0.0.0.0/1", "128.0.0.0/1"],
    tags: ["sftp"],
    description: "0.0.0.0/0 was refused by the linter",
  });
  addFirewallPolicy(site, "partner-edge", {
    networks: [partners],
    rules: [
      { priority: 1000, action: "allow", traffic: "tcp:443", match: { srcIpRanges: ["0.0.0.0/0"] } },
      { priority: 1100, action: "allow", traffic: "tcp:22", match: { srcIpRanges: ["0.0.0.0/0"] } },
    ],
  });
  addBackendService(site, "charts-web", { logging: { enable: true, sampleRate: 1 } });
  addBackendService(site, "partner-api", { logging: { enable: false } });
  addBackendService(site, "warehouse-proxy", { region: "europe-west3", scheme: "INTERNAL", protocol: "TCP" });
  return { main, scratch: null };
}

function layDevelopment(site: GcpSite): { main: GcpNetwork; scratch: GcpNetwork | null } {
  // Made with the project, rules and all.
  const made = addNetwork(site, "default", { mode: "auto", ageDays: 1_450 });
  addSubnet(site, made, "default", { region: "europe-west4", cidr: "10.164.0.0/20" });
  addSubnet(site, made, "default", { region: "us-central1", cidr: "10.128.0.0/20" });
  addFirewall(site, made, "default-allow-internal", {
    traffic: "tcp:0-65535 udp:0-65535 icmp",
    priority: 65_534,
    from: ["10.128.0.0/9"],
  });
  for (const [name, traffic] of [
    ["ssh", "tcp:22"],
    ["rdp", "tcp:3389"],
    ["icmp", "icmp"],
  ]) {
    addFirewall(site, made, `default-allow-${name}`, { traffic: traffic ?? "", priority: 65_534 });
  }
  const main = addNetwork(site, "ml");
  addSubnet(site, main, "ml-ams", { region: "europe-west4", cidr: "10.30.0.0/20", flowLogs: "on" });
  addFirewall(site, main, "ml-allow-iap", { traffic: "tcp:22", from: [identityAwareProxy] });
  addFirewall(site, main, "ml-notebooks", { traffic: "all", tags: ["notebook"], ageDays: 90 });
  addFirewallPolicy(site, "ml-regional", {
    region: "europe-west4",
    networks: [main],
    rules: [{ priority: 500, action: "allow", traffic: "tcp:3389", match: { srcIpRanges: ["0.0.0.0/0"] } }],
  });
  const scratch = addNetwork(site, "scratch");
  addSubnet(site, scratch, "scratch-ams", { region: "europe-west4", cidr: "10.40.0.0/20" });
  // The organisation's policy comes first, and denies what this allows.
  addFirewall(site, scratch, "scratch-rdp", { traffic: "tcp:3389" });
  addFirewallPolicy(site, "scratch-anything", {
    networks: [scratch],
    rules: [{ priority: 1, action: "allow", traffic: "all", match: { srcIpRanges: ["0.0.0.0/0", "::/0"] } }],
  });
  // From the first trials with Google, when networks had no subnets.
  addNetwork(site, "lab-2016", { mode: "legacy", ageDays: 1_480 });
  addBackendService(site, "model-preview", { scheme: "EXTERNAL", protocol: "HTTP" });
  return { main, scratch };
}
