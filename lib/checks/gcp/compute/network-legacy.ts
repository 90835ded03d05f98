import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const networkLegacy = defineCheck({
  id: "gcp.compute.network-legacy",
  title: "Network is not a legacy network",
  severity: "medium",
  resource: "gcp.compute.network",
  permissions: ["compute.networks.list"],
  risk: "A legacy network has one address range for all regions and no subnets, so neither flow logs nor Private Google Access. Nothing in it can be kept apart by place.",
  remediation: {
    text: "Make a VPC network with subnets, move what runs in the legacy one, and delete it.",
    url: "https://docs.cloud.google.com/vpc/docs/legacy",
    console: [
      "Create a VPC network with subnets in the regions that are used.",
      "Move instances and other resources into it.",
      "Delete the legacy network.",
    ],
    cli: "gcloud compute networks delete {name} --project {account}",
    terraform: `resource "google_compute_network" "this" {
  name                    = "NEW_NAME"
  auto_create_subnetworks = false
}`,
  },
  evaluate: ({ mode }) => {
    if (!mode) return unknown("mode");
    return mode === "legacy" ? fail("The network is a legacy network, without subnets.", "/mode") : pass();
  },
});
