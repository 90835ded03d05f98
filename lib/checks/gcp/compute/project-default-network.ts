import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const projectDefaultNetwork = defineCheck({
  id: "gcp.compute.project-default-network",
  title: "Project has no default network",
  severity: "medium",
  resource: "gcp.compute.project",
  context: ["gcp.compute.network"],
  permissions: ["compute.projects.get", "compute.networks.list"],
  risk: "The default network spans every region and comes with rules that open SSH, Remote Desktop and ICMP to the world. What is made in haste lands in it.",
  remediation: {
    text: "Make networks with the subnets and rules that are needed, move what runs in the default one, and delete it. The organization policy compute.skipDefaultNetworkCreation keeps new projects from getting one.",
    url: "https://docs.cloud.google.com/vpc/docs/vpc#default-network",
    console: [
      "Move instances and other resources out of the default network.",
      "Open VPC network, VPC networks, and choose default.",
      "Delete its firewall rules, then Delete VPC network.",
    ],
    cli: "gcloud compute networks delete default --project {account}",
    terraform: `resource "google_project" "this" {
  # …
  auto_create_network = false
}`,
  },
  evaluate: (_, { related }) => {
    const { items, complete } = related.of("gcp.compute.network");
    if (items.some(({ config }) => config.isDefault)) return fail("The project has a network named default.");
    return complete ? pass() : unknown("networks");
  },
});
