import { readAndUnread } from "../answers.ts";
import { subscriptionUid } from "./arm.ts";
import type { AzureCollector } from "./collector.ts";
import { diagnosticSettingsRead, readDiagnosticSettings } from "./diagnostic-settings.ts";

/** Reads where the subscription's activity log goes. */
export const monitorSubscription: AzureCollector<"azure.monitor.subscription"> = {
  kind: "azure.monitor.subscription",
  cloud: "azure",
  service: "monitor",
  scope: "global",
  permissions: [diagnosticSettingsRead],
  async *collect(context) {
    const { account } = context;
    const uid = subscriptionUid(context, "Microsoft.Insights");
    const facets = readAndUnread({
      activityLogSettings:
        (await readDiagnosticSettings(context, uid, `/subscriptions/${account}`, [])) ?? undefined,
    });
    yield {
      uid,
      kind: "azure.monitor.subscription",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};
