import { z } from "zod";

/** Which plans are listed lives in the address; a value that makes no sense there is read as if it were absent. */
const remediationSearch = z.object({
  show: z.enum(["all", "waiting", "own", "active", "ended"]).catch("all"),
  playbook: z.string().min(1).max(80).optional().catch(undefined),
  after: z.string().min(1).max(200).optional().catch(undefined),
});
export type RemediationSearch = z.output<typeof remediationSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseRemediationSearch = (raw: RawSearch): RemediationSearch =>
  remediationSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );

/** The address of a list; what is left out stays as it is. */
export function remediationHref(search: RemediationSearch, change: Partial<RemediationSearch>): string {
  const { show, playbook, after } = { ...search, after: undefined, ...change };
  const query = new URLSearchParams({
    ...(show === "all" ? {} : { show }),
    ...(playbook ? { playbook } : {}),
    ...(after ? { after } : {}),
  });
  return query.size > 0 ? `/remediation?${query}` : "/remediation";
}
