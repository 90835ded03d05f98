import type { Database } from "#db/client.ts";
import { listFindingGroups, listFindings } from "#db/findings/queries.ts";
import { listAssignable } from "#db/triage/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingsBackend } from "./backend.ts";

const pageSize = 500;

/** The findings of this machine's own installation. */
export function localFindings(db: Database, scope: Scope): FindingsBackend {
  return {
    me: async () => null,
    people: () => listAssignable(db, scope),
    list: (filter, limit) =>
      collect(limit, async (page) => {
        const { rows, next } = await listFindings(db, scope, filter, { sort: "severity", ...page });
        return { some: rows, next };
      }),
    groups: (filter, by, limit) =>
      collect(limit, async (page) => {
        const { groups, next } = await listFindingGroups(db, scope, filter, { by, ...page });
        return { some: groups, next };
      }),
  };
}

/** Page after page, up to a limit. */
async function collect<T>(
  limit: number,
  read: (page: { limit: number; after?: string }) => Promise<{ some: T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const page = { limit: Math.min(pageSize, limit - all.length), ...(after === undefined ? {} : { after }) };
    const { some, next } = await read(page);
    all.push(...some);
    after = next ?? undefined;
  } while (after !== undefined && all.length < limit);
  return all;
}
