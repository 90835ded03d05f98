import { z } from "zod";
import { resourceSorts } from "#db/resources/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import type { ResourceFilter } from "#lib/inventory/resource-filter.ts";
import { readTag } from "./hrefs.ts";

const words = z
  .array(z.string().max(300))
  .transform((list) => [...new Set(list)].slice(0, 50))
  .catch([]);
const filled = words.transform((list) => list.filter(Boolean));

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
const resourceSearch = z.object({
  cloud: words.transform((list) => clouds.filter((cloud) => list.includes(cloud))),
  account: filled,
  service: filled,
  region: filled,
  kind: filled,
  /** An empty one asks for what names no owner. */
  owner: words,
  /** As `tagWord` writes them. */
  tag: z
    .array(z.string().min(1).max(2_000))
    .transform((list) => [...new Set(list)].filter((each) => readTag(each) !== null).slice(0, 20))
    .catch([]),
  q: z.string().trim().max(200).catch(""),
  presence: z.enum(["present", "gone", "all"]).catch("present"),
  open: z.literal("findings").optional().catch(undefined),
  sort: z.enum(resourceSorts).catch("name"),
});
export type ResourceSearch = z.output<typeof resourceSearch>;

const lists: ReadonlySet<string> = new Set(["cloud", "account", "service", "region", "kind", "owner", "tag"]);

export const parseResourceSearch = (params: URLSearchParams): ResourceSearch =>
  resourceSearch.parse(
    Object.fromEntries(
      Object.keys(resourceSearch.shape).map((name) => [
        name,
        lists.has(name) ? params.getAll(name) : (params.get(name) ?? undefined),
      ]),
    ),
  );

export type RawSearch = Record<string, string | string[] | undefined>;

export const toParams = (raw: RawSearch): URLSearchParams =>
  new URLSearchParams(
    Object.entries(raw).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
    ),
  );

export const filterOf = (search: ResourceSearch): ResourceFilter => ({
  clouds: search.cloud,
  accountIds: search.account,
  services: search.service,
  regions: search.region,
  kinds: search.kind,
  owners: search.owner,
  tags: search.tag.flatMap((word) => readTag(word) ?? []),
  text: search.q,
  presence: search.presence,
  withFindings: search.open === "findings",
});
