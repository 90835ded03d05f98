import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const networkDnsLogging = defineCheck({
  id: "gcp.compute.network-dns-logging",
  title: "DNS queries of the network are logged",
  severity: "medium",
  resource: "gcp.compute.network",
  context: ["gcp.dns.policy"],
  permissions: ["compute.networks.list", "dns.policies.list"],
  risk: "Malware calls home by name, and data leaves by DNS queries that no firewall stops. Without a log nobody can tell afterwards which names a machine asked for.",
  remediation: {
    text: "Attach a DNS server policy with logging to the network.",
    url: "https://docs.cloud.google.com/dns/docs/monitoring",
    console: [
      "Open Cloud DNS, DNS server policies, and create a policy or choose one.",
      "Logs: On. Networks: choose this network.",
      "Save.",
    ],
    cli: "gcloud dns policies create dns-logging --project {account} --networks {name} --enable-logging --description 'Logs the queries of the network'",
    terraform: `resource "google_dns_policy" "logging" {
  name           = "dns-logging"
  enable_logging = true

  networks {
    network_url = google_compute_network.this.id
  }
}`,
  },
  evaluate: (_, { resource, related }) => {
    const { items, complete } = related.of("gcp.dns.policy");
    const policies = items.filter(({ config }) => config.networks.includes(resource.uid));
    if (policies.some(({ config }) => config.logging)) return pass();
    if (!complete) return unknown("DNS server policies");
    return fail(
      policies.length
        ? `The network's DNS server policy ${policies[0]?.name} does not log.`
        : "The network has no DNS server policy.",
    );
  },
});
