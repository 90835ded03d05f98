import type { monitoring_v3 } from "googleapis/build/src/apis/monitoring/v3.js";
import { cut, oneOf, readPromised, required, tagRecord } from "../answers.ts";
import type { GcpCollector } from "./collector.ts";
import { lastStep, listAll } from "./list.ts";
import type { AlertCondition, MonitoringKinds } from "./monitoring.kinds.ts";

/** Reads the alert policies of a project. */
export const alertPolicies: GcpCollector<"gcp.monitoring.alert-policy"> = {
  kind: "gcp.monitoring.alert-policy",
  cloud: "gcp",
  service: "monitoring",
  scope: "global",
  permissions: ["monitoring.alertPolicies.list"],
  async *collect(context) {
    const { account, clients } = context;
    const { projects } = await clients.monitoring();
    const operation = "monitoring.alertPolicies.list";
    const listed = listAll(
      context,
      operation,
      (page, options) =>
        projects.alertPolicies.list({ name: `projects/${account}`, pageSize: 1000, ...page }, options),
      (page) => page.alertPolicies,
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, async (policy) => {
      const path = required(policy.name, "name");
      const uid = `//monitoring.googleapis.com/${path}`;
      const promised = await readPromised(context, uid, operation, { enabled: policy.enabled ?? undefined });
      return {
        uid,
        kind: "gcp.monitoring.alert-policy",
        account,
        region: "global",
        name: cut(policy.displayName || lastStep(path)),
        tags: tagRecord(Object.entries(policy.userLabels ?? {})),
        config: {
          ...promised.read,
          combiner: combinerOf(policy.combiner),
          conditions: required(policy.conditions, "conditions").map(conditionOf),
          notificationChannels: policy.notificationChannels ?? [],
        },
        unread: promised.unread,
      };
    });
  },
};

type Combiner = MonitoringKinds["gcp.monitoring.alert-policy"]["combiner"];

const combinerOf = (combiner: string | null | undefined): Combiner =>
  !combiner || combiner === "COMBINE_UNSPECIFIED"
    ? null
    : oneOf(combiner, ["OR", "AND", "AND_WITH_MATCHING_RESOURCE"], "combiner");

/** A condition has one of these sorts, and the answer the field of that sort alone. */
function conditionOf(condition: monitoring_v3.Schema$Condition): AlertCondition {
  const sorts: [AlertCondition["type"], string | null | undefined][] = [
    ["threshold", condition.conditionThreshold?.filter],
    ["absence", condition.conditionAbsent?.filter],
    ["log", condition.conditionMatchedLog?.filter],
    ["mql", condition.conditionMonitoringQueryLanguage?.query],
    ["promql", condition.conditionPrometheusQueryLanguage?.query],
    ["sql", condition.conditionSql?.query],
  ];
  const [type, text] = sorts.find(([, words]) => words) ?? ["other", ""];
  return { name: condition.displayName ? cut(condition.displayName) : null, type, text: text ?? "" };
}
