import type { AwsAccount, AwsEstate } from "#sandbox/aws/model.ts";
import type { Random } from "./random.ts";

/** Where the builders put things: one region of one account of an estate. */
export type Site = {
  estate: AwsEstate;
  account: AwsAccount;
  region: string;
  random: Random;
  /** When the estate is looked at: all its dates lie before. */
  now: Date;
};

export type Tags = Record<string, string>;

const dayMs = 86_400_000;

export function daysAgo(site: Pick<Site, "now">, days: number): Date {
  return new Date(site.now.getTime() - days * dayMs);
}

/** The same place in another region. */
export function inRegion(site: Site, region: string): Site {
  return { ...site, region };
}

/** AWS's list form of tags. */
export function toTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** A new id in the long form of EC2, such as `i-0a1b2c3d4e5f60718`. */
export function makeId(site: Site, prefix: string): string {
  return `${prefix}-0${site.random.hex(16)}`;
}

export function arnOf(site: Site, service: string, resource: string): string {
  return `arn:aws:${service}:${site.region}:${site.account.id}:${resource}`;
}
