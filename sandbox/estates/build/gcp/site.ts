import type { GcpEstate, GcpProject } from "#sandbox/gcp/model.ts";
import type { Random } from "../random.ts";

/** Where the builders put things: one project of an estate. */
export type GcpSite = {
  estate: GcpEstate;
  project: GcpProject;
  random: Random;
  /** When the estate is looked at: all its dates lie before. */
  now: Date;
};

export type Labels = Record<string, string>;

const dayMs = 86_400_000;

/** So many days before now, as the APIs write times. */
export const timeAgo = (site: Pick<GcpSite, "now">, days: number): string =>
  new Date(site.now.getTime() - days * dayMs).toISOString();

/** A new numeric id, as Compute Engine and other older APIs give them. */
export const makeNumber = (site: Pick<GcpSite, "random">): string =>
  `${1 + site.random.int(8)}${Array.from({ length: 18 }, () => site.random.int(10)).join("")}`;
