import { isGkeNode } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instancePublicIp = defineCheck({
  id: "gcp.compute.instance-public-ip",
  title: "Instance has no public IP address",
  severity: "medium",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "An instance with a public address is found by everyone who scans the internet, and one firewall rule is all that stands before it. Most need none: load balancers, NAT and Identity-Aware Proxy reach and serve them from inside.",
  remediation: {
    text: "Remove the external address; let the instance out through Cloud NAT, and reach it through a load balancer or Identity-Aware Proxy.",
    url: "https://docs.cloud.google.com/compute/docs/ip-addresses/configure-static-external-ip-address",
    console: [
      "Edit the instance in the Compute Engine console.",
      "Network interfaces: External IPv4 address, None; IPv6 stack without external addresses.",
      "Save.",
    ],
    cli: "gcloud compute instances delete-access-config {name} --zone ZONE --project {account} --access-config-name 'External NAT'",
    terraform: `resource "google_compute_instance" "this" {
  # …
  network_interface {
    subnetwork = google_compute_subnetwork.this.id # no access_config: no public address
  }
}`,
  },
  evaluate: ({ interfaces }, { resource }) => {
    if (!interfaces) return unknown("network interfaces");
    const found = interfaces.flatMap(({ external }, card) =>
      external.map(({ address }, at) => ({ address, path: `/interfaces/${card}/external/${at}` })),
    );
    if (found.length === 0 || isGkeNode(resource)) return pass();
    const addresses = found.flatMap(({ address }) => address ?? []);
    const reason = addresses.length
      ? `The instance has the public address ${addresses.join(", ")}.`
      : "The instance gets a public address when it starts.";
    return fail(reason, ...found.map(({ path }) => path));
  },
});
