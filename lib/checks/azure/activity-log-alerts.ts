import { type CheckInput, fail, pass, type Related, unknown, type Verdict } from "#lib/checks/model.ts";
import type { AlertCondition, AlertMatch, AzureMonitorKinds } from "#lib/inventory/azure/monitor.kinds.ts";

type Alert = AzureMonitorKinds["azure.monitor.activity-log-alert"];

/** An event of the activity log: by field (lower case), the values with which one is sure to be written. */
export type WatchedEvent = {
  /** What happened, in the reader's words, such as `Microsoft.Network/publicIPAddresses/write`. */
  name: string;
  /** Fields by which an alert is known to be about the event at all. */
  identity: Record<string, string>;
  /** Fields in which an alert may be narrower and still catch one entry of each such event. */
  others: Record<string, readonly string[]>;
  /** Fields by which the reader may narrow what concerns them. */
  free?: readonly string[];
};

type Input = CheckInput<"azure.monitor.subscription", "azure.monitor.activity-log-alert", false>;

/**
 * All that the checks for alerts on one operation have in common.
 *
 * @param operation Azure's name, such as `Microsoft.Network/publicIPAddresses/write`.
 * @param name What to call the alert, such as `public-ip-write`.
 */
export function alertOnOperation(operation: string, name: string) {
  const event = operationEvent(operation);
  return {
    severity: "medium" as const,
    ...alertShape(event),
    remediation: {
      text: `Create an activity log alert on ${operation} for the whole subscription, with an action group that reaches those on duty.`,
      url: "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-activity-log-alert-rule",
      console: [
        "Monitor, Alerts, Create, Alert rule; choose the subscription as scope.",
        `Condition: the signal for ${operation}, with any level, status and initiator.`,
        "Choose an action group, name the rule, and create it.",
      ],
      cli: `az monitor activity-log alert create --name ${name} --resource-group GROUP --scope /subscriptions/{account} --condition "category=Administrative and operationName=${operation}" --action-group ACTION_GROUP_ID`,
      terraform: `resource "azurerm_monitor_activity_log_alert" "${name.replaceAll("-", "_")}" {
  name                = "${name}"
  resource_group_name = azurerm_resource_group.monitoring.name
  location            = "global"
  scopes              = ["/subscriptions/{account}"]

  criteria {
    category       = "Administrative"
    operation_name = "${operation}"
  }

  action {
    action_group_id = azurerm_monitor_action_group.on_duty.id
  }
}`,
    },
  };
}

/** What every check for an alert reads, and how it is judged. */
export const alertShape = (event: WatchedEvent) => ({
  resource: "azure.monitor.subscription" as const,
  context: ["azure.monitor.activity-log-alert"] as const,
  permissions: ["Microsoft.Insights/ActivityLogAlerts/read"],
  evaluate: (_subscription: object, { resource, related }: Input) =>
    judgeAlertOn(event, resource.account, related),
});

/**
 * The entries of one operation. Azure logs every call that changes a resource as Administrative, when it starts and when
 * it has succeeded, at level Informational.
 */
export function operationEvent(operation: string): WatchedEvent {
  const [provider = ""] = operation.split("/");
  return {
    name: operation,
    identity: {
      category: "Administrative",
      operationname: operation,
      resourceprovider: provider,
      resourcetype: operation.slice(0, operation.lastIndexOf("/")),
    },
    others: { status: ["Started", "Succeeded"], level: ["Informational"] },
  };
}

/** Azure's own incidents in the services and regions that the subscription uses. */
export const serviceIssueEvent: WatchedEvent = {
  name: "service issues",
  identity: { category: "ServiceHealth" },
  others: { "properties.incidenttype": ["Incident"], status: ["Active"] },
  free: [
    "properties.impactedservices[*].servicename",
    "properties.impactedservices[*].impactedregions[*].regionname",
    "properties.impactedservicestablerows[*].servicename",
  ],
};

/** Passes when an alert that is on tells someone of the event, wherever in the subscription it happens. */
export function judgeAlertOn(
  event: WatchedEvent,
  subscription: string,
  related: Related<"azure.monitor.activity-log-alert">,
): Verdict {
  const { items, complete } = related.of("azure.monitor.activity-log-alert");
  const faults: string[] = [];
  let unread = !complete;
  for (const { name, config } of items) {
    const verdict = judgeAlert(config, event, subscription);
    if (verdict === "catches") return pass();
    if (verdict === undefined) unread = true;
    else if (verdict !== "unrelated") faults.push(`${name} ${verdict}`);
  }
  if (unread) return unknown("activity log alerts");
  const without = `No activity log alert tells of ${event.name}`;
  return fail(faults.length > 0 ? `${without}: ${faults.slice(0, 5).join(", ")}.` : `${without}.`);
}

/** `unrelated`, `catches`, what is wrong with the alert, or `undefined` when that could not be read. */
function judgeAlert(
  { enabled, scopes, conditions, actionGroupIds }: Alert,
  event: WatchedEvent,
  subscription: string,
): string | undefined {
  if (conditions === undefined) return enabled === false ? "is switched off" : undefined;
  const { isAbout, narrowedBy } = compare(conditions, event);
  if (!isAbout) return "unrelated";
  if (enabled === false) return "is switched off";
  if (narrowedBy !== null) return `is limited by ${narrowedBy}`;
  if (scopes && !scopes.some((scope) => isSubscription(scope, subscription)))
    return "covers only a part of the subscription";
  if (actionGroupIds?.length === 0) return "has no action group to tell";
  return enabled === undefined || scopes === undefined || actionGroupIds === undefined
    ? undefined
    : "catches";
}

/** Whether the alert is about such events at all, and the field, if any, that keeps it from catching each of them. */
function compare(
  conditions: readonly AlertCondition[],
  { identity, others, free = [] }: WatchedEvent,
): { isAbout: boolean; narrowedBy: string | null } {
  let isAbout = false;
  let narrowedBy: string | null = null;
  for (const { anyOf } of conditions) {
    const met = anyOf.map((match) => meets(match, identity, others, free));
    if (met.includes("by identity")) isAbout = true;
    else if (!met.includes("otherwise")) {
      if (anyOf.every(({ field }) => field.toLowerCase() in identity)) return { isAbout: false, narrowedBy };
      narrowedBy ??= anyOf.map(({ field }) => field).join(" or ");
    }
  }
  return { isAbout, narrowedBy };
}

function meets(
  { field, values }: AlertMatch,
  identity: Record<string, string>,
  others: Record<string, readonly string[]>,
  free: readonly string[],
): "by identity" | "otherwise" | null {
  const name = field.toLowerCase();
  const isOneOf = (expected: readonly string[]) =>
    values.some((value) => expected.some((one) => one.toLowerCase() === value.toLowerCase()));
  const own = identity[name];
  if (own !== undefined) return isOneOf([own]) ? "by identity" : null;
  return free.includes(name) || isOneOf(others[name] ?? []) ? "otherwise" : null;
}

/** Azure gives scopes with or without the leading slash. */
const isSubscription = (scope: string, subscription: string): boolean =>
  scope.toLowerCase().replace(/^\/+|\/+$/g, "") === `subscriptions/${subscription.toLowerCase()}`;
