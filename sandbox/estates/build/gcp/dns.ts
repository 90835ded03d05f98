import { linkTo } from "#sandbox/gcp/handlers/compute/state.ts";
import { dnsPoliciesOf, zonesOf } from "#sandbox/gcp/handlers/dns.ts";
import { type GcpSite, type Labels, makeNumber, timeAgo } from "./site.ts";

export type ZoneOptions = {
  dnsName: string;
  visibility?: "public" | "private";
  dnssec?: "on" | "off" | "transfer";
  algorithm?: string;
  labels?: Labels;
};

export function addZone(site: GcpSite, name: string, options: ZoneOptions): void {
  const { visibility = "public", dnssec = "off", algorithm = "rsasha256" } = options;
  const key = (keyType: string, keyLength: number) => ({
    kind: "dns#dnsKeySpec",
    keyType,
    algorithm,
    keyLength,
  });
  zonesOf(site.project).set(name, {
    kind: "dns#managedZone",
    id: makeNumber(site),
    name,
    dnsName: options.dnsName,
    description: "",
    creationTime: timeAgo(site, 1_000),
    visibility,
    nameServers: ["a", "b", "c", "d"].map((letter) => `ns-cloud-${letter}1.googledomains.com.`),
    ...(visibility === "public"
      ? {
          dnssecConfig: {
            kind: "dns#managedZoneDnsSecConfig",
            state: dnssec,
            nonExistence: "nsec3",
            defaultKeySpecs: [key("keySigning", 2048), key("zoneSigning", 1024)],
          },
        }
      : { privateVisibilityConfig: { kind: "dns#managedZonePrivateVisibilityConfig", networks: [] } }),
    ...(options.labels ? { labels: options.labels } : {}),
  });
}

/** A server policy on networks, by name. */
export function addDnsPolicy(
  site: GcpSite,
  name: string,
  { logging, networks }: { logging: boolean; networks: string[] },
): void {
  dnsPoliciesOf(site.project).set(name, {
    kind: "dns#policy",
    id: makeNumber(site),
    name,
    description: "",
    enableInboundForwarding: false,
    enableLogging: logging,
    networks: networks.map((network) => ({
      kind: "dns#policyNetwork",
      networkUrl: linkTo(site.project, `global/networks/${network}`),
    })),
  });
}
