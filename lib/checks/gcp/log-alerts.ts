import { type CheckInput, fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { LoggingKinds } from "#lib/inventory/gcp/logging.kinds.ts";
import type { AlertCondition, MonitoringKinds } from "#lib/inventory/gcp/monitoring.kinds.ts";
import { mentionsMetric } from "./alert-conditions.ts";
import { entriesOf, everydayEntries, type LogEvent } from "./log-events.ts";
import { parseLogFilter } from "./log-filter.ts";
import { matchFilter } from "./log-filter-match.ts";

type Policy = MonitoringKinds["gcp.monitoring.alert-policy"];
type Metric = LoggingKinds["gcp.logging.metric"];
type Input = CheckInput<
  "gcp.resourcemanager.project",
  "gcp.logging.metric" | "gcp.monitoring.alert-policy",
  false
>;

/** What judging log metrics and alert policies takes. */
export const logAlertPermissions = ["logging.logMetrics.list", "monitoring.alertPolicies.list"] as const;
export const logAlertContext = ["gcp.logging.metric", "gcp.monitoring.alert-policy"] as const;

/** How much of a change a filter lets through. `unclear`: it is written in a way that can't be judged. */
type Catch = "all" | "part" | "none" | "unclear";

/**
 * Passes when every form of a change is counted by a log metric that an enabled alert policy watches, or by an enabled
 * policy that reads the log itself. Filters are judged by what they let through, however they are written.
 *
 * @param what The change in a reader's words, such as `changes of firewall rules`.
 */
export function judgeLogAlert(event: LogEvent, what: string, { resource, related }: Input): Verdict {
  const metrics = related.of("gcp.logging.metric");
  const policies = related.of("gcp.monitoring.alert-policy");
  const catchOf = (filter: string) => catchesOf(event, filter, resource.account);
  const notes: string[] = [];
  let open = !metrics.complete || !policies.complete;

  for (const { name, config } of policies.items) {
    const caught = bestOf(config, (condition) =>
      condition.type === "log" ? catchOf(condition.text) : "none",
    );
    if (caught === "none" || caught === "part") continue;
    if (caught === "all" && config.enabled) return pass();
    if (config.enabled === false) notes.push(`alert policy ${name} watches for them, but is disabled`);
    else open = true;
  }
  for (const { name, config } of metrics.items) {
    const caught = catchOfMetric(config, catchOf);
    if (caught === "none") continue;
    const watching = policies.items.filter(
      (policy) => bestOf(policy.config, (condition) => watches(condition, config)) === "all",
    );
    const on = watching.find((policy) => policy.config.enabled !== false);
    if (caught === "part") notes.push(`log metric ${name} counts only some of them`);
    else if (config.disabled) {
      if (caught === "all") notes.push(`log metric ${name} counts them, but is disabled`);
    } else if (on) {
      if (caught === "all" && watching.some((policy) => policy.config.enabled)) return pass();
      open = true;
    } else if (caught === "all") notes.push(`log metric ${name} counts them, but ${unwatched(watching)}`);
  }
  if (open) return unknown("log metrics and alert policies");
  return fail(`Nothing raises an alert for ${what}${notes.length ? `: ${notes.join(", ")}` : ""}.`);
}

const unwatched = ([policy]: readonly { name: string }[]) =>
  policy ? `alert policy ${policy.name} is disabled` : "no alert policy watches it";

const watches = (condition: AlertCondition, metric: Metric): Catch =>
  mentionsMetric(condition, metric.type) ? "all" : "none";

/** One condition is enough, unless the policy asks for all of them. */
function bestOf({ combiner, conditions }: Policy, judge: (condition: AlertCondition) => Catch): Catch {
  const caught = conditions.map(judge);
  const [first = "none"] = caught;
  const order = ["all", "unclear", "part", "none"] as const;
  if (combiner === "OR" || caught.length < 2) return order.find((each) => caught.includes(each)) ?? first;
  return order.findLast((each) => caught.includes(each)) ?? first;
}

function catchOfMetric({ filter, bucket }: Metric, catchOf: (filter: string) => Catch): Catch {
  const caught = catchOf(filter);
  // Of log buckets, only that of the audit logs is known to receive these entries.
  const receives = bucket === null || /\/buckets\/_Required$/.test(bucket);
  return caught === "none" || receives ? caught : "unclear";
}

function catchesOf(event: LogEvent, text: string, project: string): Catch {
  const filter = parseLogFilter(text);
  if (!filter) return "unclear";
  if (everydayEntries(project).some((entry) => matchFilter(filter, entry) === "yes")) return "none";
  const caught = entriesOf(event, project).map((entry) => matchFilter(filter, entry));
  if (caught.every((match) => match === "yes")) return "all";
  if (caught.includes("unclear")) return "unclear";
  return caught.includes("yes") ? "part" : "none";
}
