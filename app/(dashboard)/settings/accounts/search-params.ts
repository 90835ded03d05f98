import { z } from "zod";
import type { AccountHealth } from "#db/accounts/queries.ts";
import { clouds } from "#lib/inventory/model.ts";

const healths = [
  "unreachable",
  "gaps",
  "unscanned",
  "good",
  "disabled",
  "deleting",
] as const satisfies readonly AccountHealth[];

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
const accountsSearch = z.object({
  q: z.string().trim().max(200).catch(""),
  cloud: z.enum(clouds).optional().catch(undefined),
  health: z.enum(healths).optional().catch(undefined),
  sort: z.enum(["attention", "name", "findings", "scanned"]).catch("attention"),
  /** The id of the last account on the page before. */
  after: z.string().min(1).max(64).optional().catch(undefined),
});
export type AccountsSearch = z.output<typeof accountsSearch>;
export type AccountsSort = AccountsSearch["sort"];

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseAccountsSearch = (raw: RawSearch): AccountsSearch =>
  accountsSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );
