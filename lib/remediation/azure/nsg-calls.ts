import { z } from "zod";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import { armUrl, azRest, defineAzureCall, nameIn, updateIntervalInMs } from "./azure-call.ts";
import { NsgRule } from "./security-rule.ts";

const Group = z.object({ groupId: z.string().min(1).max(500) });
const apiVersion = "2024-05-01";

const ruleUrl = (groupId: string, name: string): string =>
  armUrl(`${groupId}/securityRules/${name}`, apiVersion);

export const nsgCalls = [
  defineAzureCall({
    api: "azure.network.securityRules.createOrUpdate",
    input: Group.extend({ rule: NsgRule }),
    permissions: ["Microsoft.Network/networkSecurityGroups/securityRules/write"],
    async send({ clients }, { groupId, rule: { name, ...rule } }, { signal }) {
      await clients.network.securityRules.beginCreateOrUpdateAndWait(
        resourceGroupOf(groupId),
        nameIn(groupId),
        name,
        rule,
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: ({ groupId, rule: { name, ...properties } }) =>
      azRest("put", ruleUrl(groupId, name), { properties }),
  }),
  defineAzureCall({
    api: "azure.network.securityRules.delete",
    input: Group.extend({ name: z.string().min(1).max(80) }),
    permissions: ["Microsoft.Network/networkSecurityGroups/securityRules/delete"],
    async send({ clients }, { groupId, name }, { signal }) {
      await clients.network.securityRules.beginDeleteAndWait(
        resourceGroupOf(groupId),
        nameIn(groupId),
        name,
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: ({ groupId, name }) => azRest("delete", ruleUrl(groupId, name)),
  }),
];
