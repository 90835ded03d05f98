import { z } from "zod";
import { cut, readPromised } from "../answers.ts";
import { armId, armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector } from "./collector.ts";
import type { AlertCondition } from "./monitor.kinds.ts";
import { parseAnswer } from "./untyped.ts";

const operation = "Microsoft.Insights/ActivityLogAlerts/read";

/** The version that knows conditions of several values and alternatives. */
const apiVersion = "2020-10-01";

const leaf = z.object({
  field: z.string().nullish(),
  equals: z.string().nullish(),
  containsAny: z.array(z.string()).nullish(),
});
type Leaf = z.infer<typeof leaf>;

const alertSchema = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({
    description: z.string().nullish(),
    enabled: z.boolean().optional(),
    scopes: z.array(z.string()).optional(),
    condition: z.object({ allOf: z.array(leaf.extend({ anyOf: z.array(leaf).nullish() })) }).optional(),
    actions: z
      .object({ actionGroups: z.array(z.object({ actionGroupId: z.string() })).nullish() })
      .optional(),
  }),
});

/** Reads the alerts on the activity log, all resource groups' at once. */
export const activityLogAlerts: AzureCollector<"azure.monitor.activity-log-alert"> = {
  kind: "azure.monitor.activity-log-alert",
  cloud: "azure",
  service: "monitor",
  scope: "global",
  permissions: [operation],
  collect: (context) => {
    const { account, clients, signal } = context;
    const path = `/subscriptions/${account}/providers/Microsoft.Insights/activityLogAlerts`;
    return context.each(
      armListing(operation, clients.monitorReader.list(path, { apiVersion, signal })),
      async (item) => {
        const answer = parseAnswer(alertSchema, item, "activity log alert");
        const { description, enabled, scopes, condition, actions } = answer.properties;
        const resource = armResource(context, answer);
        const facets = await readPromised(context, resource.uid, operation, {
          enabled,
          scopes: scopes?.map(cut),
          conditions: condition?.allOf.map(toCondition),
          actionGroupIds: actions && (actions.actionGroups ?? []).map((group) => armId(group.actionGroupId)),
        });
        return {
          ...resource,
          kind: "azure.monitor.activity-log-alert",
          config: { description: description ? cut(description) : null, ...facets.read },
          unread: facets.unread,
        };
      },
    );
  },
};

/** A condition either names a field itself or is a list of alternatives. */
const toCondition = ({ anyOf, ...own }: Leaf & { anyOf?: Leaf[] | null | undefined }): AlertCondition => ({
  anyOf: (anyOf && anyOf.length > 0 ? anyOf : [own]).map(({ field, equals, containsAny }) => ({
    field: cut(field ?? ""),
    values: [...(equals === null || equals === undefined ? [] : [equals]), ...(containsAny ?? [])].map(cut),
  })),
});
