import { z } from "zod";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import { armUrl, azRest, defineAzureCall, nameIn, updateIntervalInMs } from "./azure-call.ts";

/** `source`: `user-override`, or `system-default` for a parameter that goes back to what the server came with. */
const Parameter = z.object({
  serverId: z.string().min(1).max(500),
  name: z.string().min(1).max(100),
  value: z.string().max(1000),
  source: z.string().min(1).max(50),
});

const url = ({ serverId, name }: z.infer<typeof Parameter>, apiVersion: string): string =>
  armUrl(`${serverId}/configurations/${name}`, apiVersion);

export const databaseLogCalls = [
  defineAzureCall({
    api: "azure.postgresql.configurations.update",
    input: Parameter,
    permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/write"],
    async send({ clients }, { serverId, name, value, source }, { signal }) {
      await clients.postgresql.configurations.beginUpdateAndWait(
        resourceGroupOf(serverId),
        nameIn(serverId),
        name,
        { value, source },
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: (input) =>
      azRest("patch", url(input, "2024-08-01"), { properties: { value: input.value, source: input.source } }),
  }),
  defineAzureCall({
    api: "azure.mysql.configurations.update",
    input: Parameter,
    permissions: ["Microsoft.DBforMySQL/flexibleServers/configurations/write"],
    async send({ clients }, { serverId, name, value, source }, { signal }) {
      await clients.mysql.configurations.beginUpdateAndWait(
        resourceGroupOf(serverId),
        nameIn(serverId),
        name,
        { value, source },
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: (input) =>
      azRest("patch", url(input, "2023-12-30"), { properties: { value: input.value, source: input.source } }),
  }),
];
