import { testCheck } from "#lib/checks/test-check.ts";
import type { LogSink } from "#lib/inventory/gcp/logging.kinds.ts";
import { allEntriesSink } from "./all-entries-sink.ts";

const sink = (change: Partial<LogSink> = {}): LogSink => ({
  destination: "storage.googleapis.com/acme-logs",
  filter: null,
  disabled: false,
  exclusions: [],
  ...change,
});
const own = (name: string, change?: Partial<LogSink>) => ({
  kind: "gcp.logging.sink" as const,
  name,
  config: sink(change),
});
const above = (sinks?: (LogSink & { name: string })[]) => ({
  kind: "gcp.hierarchy.ancestor" as const,
  name: "organizations/1",
  config: { auditConfigs: [], ...(sinks ? { sinks } : {}) },
});
const builtIn = own("_Default", {
  destination: "logging.googleapis.com/projects/acme/locations/global/buckets/_Default",
});
const said = "No sink exports every log entry";

testCheck(allEntriesSink, {
  pass: [
    { config: {}, related: [own("all")] },
    { config: {}, related: [builtIn, own("all"), above()], incomplete: ["gcp.logging.sink"] },
    { config: {}, related: [own("all", { filter: "severity>=DEFAULT" })] },
    { config: {}, related: [own("all", { exclusions: [{ name: "noise", filter: "x", disabled: true }] })] },
    { config: {}, related: [own("some", { disabled: true }), own("all")] },
    { config: {}, related: [own("all", { destination: "logging.googleapis.com/projects/acme-logs" })] },
    {
      config: {},
      related: [above([{ name: "org-audit", ...sink() }])],
      incomplete: ["gcp.hierarchy.ancestor"],
    },
  ],
  fail: [
    [{ config: {} }, `${said}.`],
    [{ config: {}, related: [builtIn, above([])] }, `${said}.`],
    [
      {
        config: {},
        related: [
          own("old", { disabled: true }),
          own("most", { exclusions: [{ name: "noise", filter: "severity<INFO", disabled: false }] }),
          above([{ name: "org-audit", ...sink({ filter: 'logName:"cloudaudit"' }) }]),
        ],
      },
      `${said}: old is disabled, most leaves out noise, org-audit takes only part of them.`,
    ],
  ],
  unknown: [
    { config: {}, incomplete: ["gcp.hierarchy.ancestor"] },
    { config: {}, related: [own("old", { disabled: true }), above([]), above()] },
    { config: {}, incomplete: ["gcp.logging.sink"] },
  ],
});
