import type { AwsCollector } from "./aws/collector.ts";
import { buckets } from "./aws/s3.ts";
import { s3Account } from "./aws/s3-account.ts";
import type { Cloud } from "./model.ts";

/** A cloud's collectors take that cloud's clients; `cloud` tells them apart. */
export type AnyCollector = AwsCollector;

/** Every collector. A kind whose collector isn't listed here isn't read. */
export const collectors: readonly AnyCollector[] = [buckets, s3Account];

type CollectorOf<C extends Cloud> = Extract<AnyCollector, { cloud: C }>;

/** The collectors of a cloud, or of one of its services. */
export function collectorsOf<C extends Cloud>(cloud: C, service?: string): readonly CollectorOf<C>[] {
  return collectors.filter(
    (collector): collector is CollectorOf<C> =>
      collector.cloud === cloud && (service === undefined || collector.service === service),
  );
}

/** A cloud's services that are read at all, by name. */
export const servicesOf = (cloud: Cloud): readonly string[] =>
  sortedUnion(collectorsOf(cloud).map((collector) => [collector.service]));

/** Every permission that reading a cloud takes; the role templates are made from these. */
export const permissionsOf = (cloud: Cloud): readonly string[] =>
  sortedUnion(collectorsOf(cloud).map((collector) => collector.permissions));

const sortedUnion = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].sort();
