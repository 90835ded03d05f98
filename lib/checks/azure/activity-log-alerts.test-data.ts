import type { AlertCondition, AzureMonitorKinds } from "#lib/inventory/azure/monitor.kinds.ts";

type Alert = AzureMonitorKinds["azure.monitor.activity-log-alert"];

const subscription = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";

export const is = (field: string, ...values: string[]): AlertCondition => ({ anyOf: [{ field, values }] });

/** An alert that tells of the operation, or of what `conditions` say, anywhere in the subscription. */
export const alert = (
  { operation, ...change }: Partial<Alert> & { operation?: string },
  name = "changes",
) => ({
  kind: "azure.monitor.activity-log-alert" as const,
  name,
  config: {
    description: null,
    enabled: true,
    scopes: [`/subscriptions/${subscription}`],
    conditions: [is("category", "Administrative"), ...(operation ? [is("operationName", operation)] : [])],
    actionGroupIds: [
      `/subscriptions/${subscription}/resourceGroups/monitoring/providers/microsoft.insights/actionGroups/on-duty`,
    ],
    ...change,
  },
});

/** A subscription with these alerts. */
export const watched = (...related: ReturnType<typeof alert>[]) => ({
  account: subscription,
  config: { activityLogSettings: [] },
  related,
});
