import { z } from "zod";
import { cut, required } from "../answers.ts";
import type { Reading } from "../collector.ts";
import { allOf } from "./arm-list.ts";
import type { AzureContext } from "./collector.ts";
import type { DiagnosticSetting } from "./monitor.kinds.ts";
import { parseAnswer } from "./untyped.ts";

export const diagnosticSettingsRead = "Microsoft.Insights/DiagnosticSettings/read";

/** The version that knows groups of categories. */
export const diagnosticSettingsVersion = "2021-05-01-preview";

const settingSchema = z.object({
  name: z.string(),
  properties: z.object({
    storageAccountId: z.string().nullish(),
    workspaceId: z.string().nullish(),
    eventHubAuthorizationRuleId: z.string().nullish(),
    marketplacePartnerId: z.string().nullish(),
    serviceBusRuleId: z.string().nullish(),
    logs: z
      .array(
        z.object({
          category: z.string().nullish(),
          categoryGroup: z.string().nullish(),
          enabled: z.boolean(),
        }),
      )
      .nullish(),
  }),
});

/**
 * Reads the diagnostic settings of a resource or of a subscription's activity log.
 *
 * @param resourceId ARM id of what is logged; the gap, if any, is on `uid`.
 * @param gone Refusals by which Azure says that what is logged was deleted meanwhile.
 */
export const readDiagnosticSettings = (
  { clients, signal, read }: Pick<AzureContext, "clients" | "signal" | "read">,
  uid: string,
  resourceId: string,
  gone: readonly string[] = ["ResourceNotFound", "ResourceGroupNotFound"],
): Promise<Reading<DiagnosticSetting[]>> =>
  read(
    uid,
    diagnosticSettingsRead,
    async () => {
      const path = `${resourceId}/providers/Microsoft.Insights/diagnosticSettings`;
      return (
        await allOf(clients.monitorReader.list(path, { apiVersion: diagnosticSettingsVersion, signal }))
      ).map(toSetting);
    },
    { gone },
  );

/** A setting as checks judge it. */
export function toSetting(answer: unknown): DiagnosticSetting {
  const { name, properties } = parseAnswer(settingSchema, answer, "diagnostic setting");
  const destinations = [
    properties.storageAccountId,
    properties.workspaceId,
    properties.eventHubAuthorizationRuleId,
    properties.marketplacePartnerId,
    properties.serviceBusRuleId,
  ];
  return {
    name: cut(required(name, "name")),
    destinations: destinations.filter((id) => typeof id === "string" && id !== "").map((id) => cut(id ?? "")),
    logs: (properties.logs ?? []).map(({ category, categoryGroup, enabled }) => ({
      category: category ? cut(category) : null,
      group: categoryGroup ? cut(categoryGroup) : null,
      enabled,
    })),
  };
}
