import { z } from "zod";
import { cut } from "../answers.ts";
import { armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector } from "./collector.ts";
import { parseAnswer } from "./untyped.ts";

const operation = "Microsoft.Insights/Components/read";
const apiVersion = "2020-02-02";

const componentSchema = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string().optional(),
  // A component without tags may have an empty text in their place.
  tags: z
    .union([z.record(z.string(), z.string()), z.literal("")])
    .nullish()
    .transform((tags) => tags || null),
  properties: z
    .object({
      Application_Type: z.string().nullish(),
      WorkspaceResourceId: z.string().nullish(),
      IngestionMode: z.string().nullish(),
    })
    .nullish(),
});

/** Reads the Application Insights components of the subscription. */
export const applicationInsights: AzureCollector<"azure.monitor.application-insights"> = {
  kind: "azure.monitor.application-insights",
  cloud: "azure",
  service: "monitor",
  scope: "global",
  permissions: [operation],
  collect: (context) => {
    const { account, clients, signal } = context;
    const path = `/subscriptions/${account}/providers/Microsoft.Insights/components`;
    return context.each(
      armListing(operation, clients.monitorReader.list(path, { apiVersion, signal })),
      async (item) => {
        const answer = parseAnswer(componentSchema, item, "component");
        const { Application_Type, WorkspaceResourceId, IngestionMode } = answer.properties ?? {};
        return {
          ...armResource(context, answer),
          kind: "azure.monitor.application-insights",
          config: {
            applicationType: Application_Type ? cut(Application_Type) : null,
            workspaceId: WorkspaceResourceId ? cut(WorkspaceResourceId) : null,
            ingestionMode: IngestionMode ? cut(IngestionMode) : null,
          },
          unread: [],
        };
      },
    );
  },
};
