import type { PlaybookPart } from "../playbook-part.ts";

export const gcpLogging: PlaybookPart = {
  fixes: [
    "gcp.compute.network-dns-logging",
    "gcp.compute.subnet-flow-logs",
    "gcp.logging.all-entries-sink",
    "gcp.resourcemanager.project-audit-logs",
  ],
  parameters: {
    gcpLogDestination: {
      title: "Google Cloud: where exported logs go",
      help: "A log bucket, bucket, dataset or topic, best in a project for logs, such as logging.googleapis.com/projects/acme-logs/locations/global/buckets/all. Left empty, a sink that was switched off is switched on.",
      type: "text",
      pattern: "(logging|storage|bigquery|pubsub)\\.googleapis\\.com/\\S+",
      optional: true,
    },
    gcpFlowSampling: {
      title: "Google Cloud: share of flows that is logged",
      help: "Between 0 and 1; 0.5 is Google's own default. More costs more.",
      type: "number",
      default: 0.5,
      min: 0.01,
      max: 1,
    },
  },
  actions: [
    {
      id: "gcp-log-data-access",
      title: "Log every read and write of every service",
      kind: "gcp",
      operation: "gcp.resourcemanager.log-data-access",
      when: { checks: ["gcp.resourcemanager.project-audit-logs"] },
      timeoutSeconds: 60,
    },
    {
      id: "gcp-export-all-logs",
      title: "Export every log entry by a sink",
      kind: "gcp",
      operation: "gcp.logging.export-all-logs",
      with: { destination: { $parameter: "gcpLogDestination" } },
      when: { checks: ["gcp.logging.all-entries-sink"] },
      timeoutSeconds: 60,
    },
    {
      id: "gcp-log-flows",
      title: "Turn on the subnet's flow logs",
      kind: "gcp",
      operation: "gcp.compute.log-flows",
      with: { sampling: { $parameter: "gcpFlowSampling" } },
      when: { kinds: ["gcp.compute.subnet"] },
      timeoutSeconds: 300,
    },
    {
      id: "gcp-log-dns-queries",
      title: "Log the network's DNS queries",
      kind: "gcp",
      operation: "gcp.dns.log-queries",
      when: { kinds: ["gcp.compute.network"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "Google Cloud: let a new sink's writer identity write to the destination, and keep the destination where an intruder in the project can't reach it.",
  ],
};
