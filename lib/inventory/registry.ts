import type { AwsCollector } from "./aws/collector.ts";
import { awsCollectors } from "./aws/index.ts";
import type { AzureCollector } from "./azure/collector.ts";
import { azureCollectors } from "./azure/index.ts";
import type { AccountLevel } from "./collector.ts";
import type { GcpCollector } from "./gcp/collector.ts";
import { gcpCollectors } from "./gcp/index.ts";
import { type Cloud, clouds } from "./model.ts";

/** A cloud's collectors take that cloud's clients; `cloud` tells them apart. */
export type AnyCollector = AwsCollector | AzureCollector | GcpCollector;

/** Every collector of every cloud. */
export const collectors: readonly AnyCollector[] = [...awsCollectors, ...azureCollectors, ...gcpCollectors];

type CollectorOf<C extends Cloud> = Extract<AnyCollector, { cloud: C }>;

/** The collectors of a cloud, or of one of its services. */
export function collectorsOf<C extends Cloud>(cloud: C, service?: string): readonly CollectorOf<C>[] {
  return collectors.filter(
    (collector): collector is CollectorOf<C> =>
      collector.cloud === cloud && (service === undefined || collector.service === service),
  );
}

/** The collectors that read accounts of a level. */
export const collectorsFor = (account: { cloud: Cloud; level?: AccountLevel }): readonly AnyCollector[] =>
  collectorsOf<Cloud>(account.cloud).filter(
    ({ level = "account" }) => level === (account.level ?? "account"),
  );

/** A cloud's services that are read at all, by name. */
export const servicesOf = (cloud: Cloud): readonly string[] =>
  sortedUnion(collectorsOf(cloud).map((collector) => [collector.service]));

/** The services of every cloud. */
export const allServices = (): readonly string[] => sortedUnion(clouds.map((cloud) => servicesOf(cloud)));

/** Every permission that reading a cloud takes; the role templates are made from these. */
export const permissionsOf = (cloud: Cloud): readonly string[] =>
  sortedUnion(collectorsOf(cloud).map((collector) => collector.permissions));

const sortedUnion = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].sort();
