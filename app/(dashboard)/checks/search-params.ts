import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import { sorts, standings } from "./choices.ts";

const word = z.string().max(100).optional().catch(undefined);

/** What the catalogue shows lives in the address; a value that makes no sense there is read as if it were absent. */
const checksSearch = z.object({
  q: z.string().trim().max(200).catch(""),
  cloud: z.enum(clouds).optional().catch(undefined),
  service: word,
  severity: z.enum(severities).optional().catch(undefined),
  framework: word,
  standing: z.enum(standings).optional().catch(undefined),
  sort: z.enum(sorts).catch("service"),
});
export type ChecksSearch = z.output<typeof checksSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseChecksSearch = (raw: RawSearch): ChecksSearch =>
  checksSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );
