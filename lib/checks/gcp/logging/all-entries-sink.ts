import { matchesEveryEntry } from "#lib/checks/gcp/log-filter-match.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { LogSink } from "#lib/inventory/gcp/logging.kinds.ts";

export const allEntriesSink = defineCheck({
  id: "gcp.logging.all-entries-sink",
  title: "A log sink exports every entry",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  context: ["gcp.logging.sink", "gcp.hierarchy.ancestor"],
  permissions: ["resourcemanager.projects.get", "logging.sinks.list"],
  risk: "Google keeps most logs for 30 days, in the very project that an intruder may rule. Without a copy elsewhere, a break-in that is noticed later can't be looked into.",
  remediation: {
    text: "Make a sink without filter or exclusions to a bucket or log bucket in a project for logs, best on the organization with its children included.",
    url: "https://docs.cloud.google.com/logging/docs/export/configure_export_v2",
    console: [
      "Open Logging, Log Router, Create sink.",
      "Choose a destination in a project for logs; leave inclusion and exclusion filters empty.",
      "Create sink, and grant its writer identity access to the destination.",
    ],
    cli: "gcloud logging sinks create all-entries storage.googleapis.com/BUCKET --project={account}",
    terraform: `resource "google_logging_project_sink" "all" {
  project                = "{account}"
  name                   = "all-entries"
  destination            = "storage.googleapis.com/\${google_storage_bucket.logs.name}"
  unique_writer_identity = true
}`,
  },
  evaluate: (_project, { related }) => {
    const own = related.of("gcp.logging.sink");
    const above = related.of("gcp.hierarchy.ancestor");
    const sinks = [
      ...own.items.map(({ name, config }) => ({ name, ...config })),
      ...above.items.flatMap(({ config }) => config.sinks ?? []),
    ];
    const faults: string[] = [];
    for (const { name, ...sink } of sinks.filter((each) => !isBuiltInSink(each))) {
      const fault = faultOfSink(sink);
      if (fault === undefined) return pass();
      faults.push(`${name} ${fault}`);
    }
    if (!own.complete) return unknown("log sinks");
    if (!above.complete || above.items.some(({ config }) => !config.sinks))
      return unknown("log sinks of the folders and the organization above the project");
    return fail(`No sink exports every log entry${faults.length ? `: ${faults.join(", ")}` : ""}.`);
  },
});

/** The project's own buckets `_Default` and `_Required`, where logs lie to begin with. */
export const isBuiltInSink = ({ destination }: LogSink): boolean =>
  /^logging\.googleapis\.com\/.*\/buckets\/_(Default|Required)$/.test(destination);

/** Why a sink doesn't export everything; `undefined` when it does. */
export function faultOfSink({ filter, disabled, exclusions }: LogSink): string | undefined {
  if (disabled) return "is disabled";
  if (filter !== null && !matchesEveryEntry(filter)) return "takes only part of them";
  const exclusion = exclusions.find((each) => !each.disabled);
  return exclusion ? `leaves out ${exclusion.name}` : undefined;
}
