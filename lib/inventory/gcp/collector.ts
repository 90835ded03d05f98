import type { GcpClients } from "#lib/clouds/gcp/clients.ts";
import type { CollectContext, Collector } from "../collector.ts";
import type { Kind } from "../model.ts";

/** A collector that reads from Google Cloud's APIs. */
export type GcpCollector<K extends Kind = Kind> = Collector<K, GcpClients> & { cloud: "gcp" };

/** What a Google Cloud collector is given; `account` is the project's id. */
export type GcpContext = CollectContext<GcpClients>;
