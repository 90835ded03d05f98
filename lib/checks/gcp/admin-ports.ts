import type { Remediation } from "#lib/checks/model.ts";

/** A service by which a machine is administered, and what it means that the internet reaches it. */
type AdminPort = { name: string; port: number; protocols: readonly string[]; risk: string };

export const ssh: AdminPort = {
  name: "SSH",
  port: 22,
  protocols: ["tcp"],
  risk: "SSH on the internet is found by scanners within minutes and tried with stolen and guessed credentials. One weak key or one flaw in the daemon is then a shell inside the network.",
};

export const remoteDesktop: AdminPort = {
  name: "Remote Desktop",
  port: 3389,
  protocols: ["tcp", "udp"],
  risk: "Remote Desktop on the internet is a common way in for ransomware, through guessed passwords and flaws that need no login. Whoever gets in sits at a full desktop inside the network.",
};

const allowKnown = ({ name }: AdminPort) =>
  `Allow ${name} only from known networks, or connect through Identity-Aware Proxy, whose range is 35.235.240.0/20, and close the port to all others.`;

/** How a VPC firewall rule closes the port. */
export const closeInRule = (service: AdminPort): Remediation => ({
  text: allowKnown(service),
  url: "https://docs.cloud.google.com/firewall/docs/using-firewalls",
  console: [
    "Open VPC network, Firewall, and choose the rule.",
    "Edit.",
    "Replace the source ranges by the networks that need it, then Save; or delete the rule.",
  ],
  cli: "gcloud compute firewall-rules update {name} --project {account} --source-ranges 203.0.113.0/24",
  terraform: `resource "google_compute_firewall" "this" {
  name          = "{name}"
  network       = "NETWORK"
  source_ranges = ["203.0.113.0/24"] # the network that needs it

  allow {
    protocol = "tcp"
    ports    = ["${service.port}"]
  }
}`,
});

/** How a firewall policy closes the port. */
export const closeInPolicy = (service: AdminPort): Remediation => ({
  text: `${allowKnown(service)} A hierarchical policy is changed where it was made, on the organization or folder.`,
  url: "https://docs.cloud.google.com/firewall/docs/use-network-firewall-policies",
  console: [
    "Open VPC network, Firewall policies, and choose the policy.",
    "Choose the rule and Edit.",
    "Replace the source ranges by the networks that need it, then Save; or delete the rule.",
  ],
  cli: "gcloud compute network-firewall-policies rules update PRIORITY --firewall-policy POLICY --global-firewall-policy --project {account} --src-ip-ranges 203.0.113.0/24",
  terraform: `resource "google_compute_network_firewall_policy_rule" "this" {
  firewall_policy = "POLICY"
  priority        = 1000
  direction       = "INGRESS"
  action          = "allow"

  match {
    src_ip_ranges = ["203.0.113.0/24"] # the network that needs it

    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["${service.port}"]
    }
  }
}`,
});
