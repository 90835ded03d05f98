import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import { playbookCategories } from "#lib/remediation/playbook.ts";
import { sources } from "./choices.ts";

/** What the library shows lives in the address; a value that makes no sense there is read as if it were absent. */
const playbooksSearch = z.object({
  q: z.string().trim().max(200).catch(""),
  cloud: z.enum(clouds).optional().catch(undefined),
  category: z.enum(playbookCategories).optional().catch(undefined),
  severity: z.enum(severities).optional().catch(undefined),
  source: z.enum(sources).optional().catch(undefined),
});
export type PlaybooksSearch = z.output<typeof playbooksSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parsePlaybooksSearch = (raw: RawSearch): PlaybooksSearch =>
  playbooksSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );
