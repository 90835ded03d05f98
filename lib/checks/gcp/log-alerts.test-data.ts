import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { logAlertFilters } from "./log-alert-filters.ts";
import type { LogEvent } from "./log-events.ts";

type Metric = ResourceConfigs["gcp.logging.metric"];
type Policy = ResourceConfigs["gcp.monitoring.alert-policy"];

export const metric = (name: string, filter: string, change: Partial<Metric> = {}) => ({
  kind: "gcp.logging.metric" as const,
  name,
  config: { type: `logging.googleapis.com/user/${name}`, filter, disabled: false, bucket: null, ...change },
});

export const policy = (name: string, metricName: string, change: Partial<Policy> = {}) => ({
  kind: "gcp.monitoring.alert-policy" as const,
  name,
  config: {
    enabled: true,
    combiner: "OR" as const,
    conditions: [
      {
        name: null,
        type: "threshold" as const,
        text: `metric.type="logging.googleapis.com/user/${metricName}" AND resource.type="global"`,
      },
    ],
    notificationChannels: [],
    ...change,
  },
});

export const logPolicy = (name: string, filter: string, change: Partial<Policy> = {}) =>
  policy(name, "", { conditions: [{ name: null, type: "log", text: filter }], ...change });

type Related = ReturnType<typeof metric> | ReturnType<typeof policy>;

/** A project that has these metrics and policies, for `testCheck`. */
export const project = (...related: Related[]) => ({ account: "acme", config: {}, related });

/**
 * What every check of an alert has in common: it passes with the filter that its remediation gives, and by an alert on the
 * log itself; it fails without metric, without policy and with what is switched off.
 *
 * @param what The change as the reason words it.
 * @param other A filter for another change.
 */
export function alertExamples(event: LogEvent, what: string, other: LogEvent) {
  const filter = logAlertFilters[event];
  const counted = metric("m", filter);
  const none = `Nothing raises an alert for ${what}`;
  const fails: [ReturnType<typeof project>, string][] = [
    [project(), `${none}.`],
    [project(metric("m", logAlertFilters[other]), policy("p", "m")), `${none}.`],
    [project(counted), `${none}: log metric m counts them, but no alert policy watches it.`],
    [
      project(counted, policy("p", "other")),
      `${none}: log metric m counts them, but no alert policy watches it.`,
    ],
    [
      project(counted, policy("p", "m", { enabled: false })),
      `${none}: log metric m counts them, but alert policy p is disabled.`,
    ],
    [
      project(metric("m", filter, { disabled: true }), policy("p", "m")),
      `${none}: log metric m counts them, but is disabled.`,
    ],
    [
      project(logPolicy("p", filter, { enabled: false })),
      `${none}: alert policy p watches for them, but is disabled.`,
    ],
    // Counts everything: the alarm would always ring.
    [project(metric("m", ""), policy("p", "m")), `${none}.`],
  ];
  return {
    passes: [
      project(counted, policy("p", "m")),
      project(metric("m", `(${filter}) AND severity>=NOTICE`), policy("p", "m")),
      project(
        metric("m", filter, { bucket: "projects/acme/locations/global/buckets/_Required" }),
        policy("p", "m"),
      ),
      project(logPolicy("p", filter)),
      { ...project(counted, policy("p", "m")), incomplete: ["gcp.logging.metric" as const] },
    ],
    fails,
    unknowns: [
      { ...project(), incomplete: ["gcp.logging.metric" as const] },
      { ...project(counted), incomplete: ["gcp.monitoring.alert-policy" as const] },
      project(counted, policy("p", "m", { enabled: undefined })),
      project(metric("m", filter, { bucket: "projects/other/locations/eu/buckets/all" }), policy("p", "m")),
      project(metric("m", `${filter} AND ip_in_net(x, "10.0.0.0/8")`), policy("p", "m")),
      project(logPolicy("p", filter, { enabled: undefined })),
    ],
  };
}
