import { z } from "zod";
import type { FindingFilter } from "#db/findings/filters.ts";
import type { transitionKinds } from "#db/findings/schema.ts";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import { findingSorts } from "./hrefs.ts";

const changes = [
  "opened",
  "resolved",
  "reopened",
] as const satisfies readonly (typeof transitionKinds)[number][];

const words = (limit: number) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(",").filter(Boolean))].slice(0, limit))
    .catch([]);

const optional = z.string().min(1).max(200).optional().catch(undefined);

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
export const findingSearch = z.object({
  status: z.enum(["open", "resolved", "all"]).catch("open"),
  severity: words(5).transform((list) => severities.filter((severity) => list.includes(severity))),
  cloud: words(3).transform((list) => clouds.filter((cloud) => list.includes(cloud))),
  account: words(50),
  service: words(50),
  region: words(50),
  check: words(50),
  q: z.string().trim().max(200).catch(""),
  sort: z.enum(findingSorts).catch("severity"),
  /** Only what this scan changed; `change` says how. */
  scan: optional,
  change: z.enum(changes).catch("opened"),
  after: optional,
  before: optional,
  /** The finding whose panel is open. */
  finding: optional,
});
export type FindingSearch = z.output<typeof findingSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseFindingSearch = (raw: RawSearch): FindingSearch =>
  findingSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );

export const filterOf = (search: FindingSearch): FindingFilter => ({
  status: search.status,
  severities: search.severity,
  clouds: search.cloud,
  accountIds: search.account,
  services: search.service,
  regions: search.region,
  checkIds: search.check,
  text: search.q,
  scan: search.scan ? { id: search.scan, change: search.change } : null,
});
