import type { AzureClients } from "#lib/clouds/azure/clients.ts";
import type { CollectContext, Collector } from "../collector.ts";
import type { Kind } from "../model.ts";

/** A collector that reads from Azure Resource Manager or Microsoft Graph. */
export type AzureCollector<K extends Kind = Kind> = Collector<K, AzureClients> & { cloud: "azure" };

/** What an Azure collector is given; `account` is the subscription's id, or the tenant's for a directory. */
export type AzureContext = CollectContext<AzureClients>;
