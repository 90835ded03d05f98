import type { AwsClients } from "#lib/clouds/aws/clients.ts";
import type { CollectContext, Collector } from "../collector.ts";
import type { Kind } from "../model.ts";

/** A collector that reads from AWS. */
export type AwsCollector<K extends Kind = Kind> = Collector<K, AwsClients> & { cloud: "aws" };

/** What an AWS collector is given. */
export type AwsContext = CollectContext<AwsClients>;
