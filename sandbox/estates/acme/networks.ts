import { addAwsPrefixLists, addPrefixList, addVpc, type Network, type VpcSpec } from "../build/network.ts";
import { inRegion, type Site } from "../build/site.ts";
import { type Environment, officeCidr, type TeamKey, tagsOf, vpnCidr } from "./company.ts";

type Region = "eu-west-1" | "eu-central-1" | "us-east-1";
type Layout = { [R in Region]: Omit<VpcSpec, "tags"> | null };

/** What each account built itself. Production took its default VPC of eu-west-1 away; nobody did that elsewhere. */
const layouts: Record<Environment, Layout> = {
  production: {
    "eu-west-1": {
      name: "acme-prod-main",
      prefix: "10.20",
      flowLogs: "ALL",
      defaultGroup: "emptied",
      networkAcl: "web-only",
      ipv6Cidr: "2001:db8:20::/56",
    },
    "eu-central-1": {
      name: "acme-prod-dr",
      prefix: "10.21",
      flowLogs: "REJECT",
      defaultGroup: "emptied",
      networkAcl: "admin-denied-first",
    },
    "us-east-1": { name: "acme-prod-us", prefix: "10.22", networkAcl: "ssh-open" },
  },
  staging: {
    "eu-west-1": { name: "acme-staging", prefix: "10.40", flowLogs: "REJECT" },
    "eu-central-1": { name: "acme-staging-perf", prefix: "10.41", networkAcl: "rdp-open-ipv6" },
    "us-east-1": null,
  },
  security: {
    "eu-west-1": {
      name: "acme-security-tools",
      prefix: "10.60",
      flowLogs: "ALL",
      defaultGroup: "emptied",
      networkAcl: "web-only",
    },
    "eu-central-1": null,
    "us-east-1": null,
  },
};

export type Networks = Record<Region, Network>;
export type PrefixLists = { offices: string; partners: string };

/** Lays out an account's networks; where it has none of its own, the default VPC of the region counts. */
export function layNetworks(site: Site, environment: Environment): Networks {
  const layout = layouts[environment];
  const inEach = (region: Region): Network => {
    const here = inRegion(site, region);
    addAwsPrefixLists(here);
    const own = layout[region];
    const hasDefault = !(environment === "production" && region === "eu-west-1");
    const standard = hasDefault ? addVpc(here, { name: "default", prefix: "172.31", isDefault: true }) : null;
    const built = own ? addVpc(here, { ...own, tags: tagsOf(environment, "platform") }) : null;
    const network = built ?? standard;
    if (!network) throw new Error(`${environment} has no network in ${region}.`);
    return network;
  };
  return {
    "eu-west-1": inEach("eu-west-1"),
    "eu-central-1": inEach("eu-central-1"),
    "us-east-1": inEach("us-east-1"),
  };
}

/** Prefix lists that rules refer to: one is what it says, the other hides a range that is everyone's. */
export function addPrefixLists(site: Site, environment: Environment): PrefixLists {
  const tags = (team: TeamKey) => tagsOf(environment, team);
  return {
    offices: addPrefixList(site, {
      name: "acme-offices",
      entries: [
        [officeCidr, "Berlin office"],
        [vpnCidr, "VPN gateways"],
      ],
      tags: tags("platform"),
    }),
    partners: addPrefixList(site, {
      name: "integration-partners",
      entries: [
        ["203.0.113.128/25", "Northwind Banking"],
        ["0.0.0.0/0", "until Contoso sends their ranges"],
      ],
      tags: tags("merchants"),
    }),
  };
}
