import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const subnetFlowLogs = defineCheck({
  id: "gcp.compute.subnet-flow-logs",
  title: "Subnet has VPC Flow Logs on",
  severity: "medium",
  resource: "gcp.compute.subnet",
  permissions: ["compute.subnetworks.list"],
  risk: "Without flow logs nobody can tell afterwards who talked to whom. After a break-in that means not knowing what was taken, or from where.",
  remediation: {
    text: "Turn on flow logs for the subnet. Sampling and interval set how much is kept, and what it costs.",
    url: "https://docs.cloud.google.com/vpc/docs/using-flow-logs",
    console: [
      "Open VPC network, VPC networks, Subnets, and choose the subnet.",
      "Edit, and turn Flow logs on.",
      "Save.",
    ],
    cli: "gcloud compute networks subnets update {name} --region {region} --project {account} --enable-flow-logs --logging-metadata include-all",
    terraform: `resource "google_compute_subnetwork" "this" {
  # …
  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}`,
  },
  evaluate: ({ purpose, flowLogs }) => {
    if (subnetsWithoutFlows.includes(purpose)) return pass();
    if (!flowLogs) return unknown("flow logs");
    if (!flowLogs.enabled) return fail("Flow logs are off.", "/flowLogs/enabled");
    return flowLogs.sampling === 0
      ? fail("Flow logs are on, with a sampling rate of 0.", "/flowLogs/sampling")
      : pass();
  },
});

/** Subnets for Google's proxies, address translation and private services: they hold no instances and keep no flow logs. */
export const subnetsWithoutFlows = [
  "REGIONAL_MANAGED_PROXY",
  "GLOBAL_MANAGED_PROXY",
  "INTERNAL_HTTPS_LOAD_BALANCER",
  "PRIVATE_SERVICE_CONNECT",
  "PRIVATE_NAT",
  "PRIVATE_RFC_1918",
];
