import type { Sql } from "postgres";
import { encodeCursor, type Position } from "#db/findings/cursor.ts";
import type { Chance } from "./chance.ts";

/** What is asked, and how soon its answer ought to be there. */
export const goalsMs = {
  "first page, any facets": 100,
  "first page, free text": 100,
  "next page, any depth": 100,
  groups: 100,
  "resources, first page": 100,
  "resource page": 100,
  panel: 100,
  "facet counts": 150,
} as const;
export type Asked = keyof typeof goalsMs;
export const kindsAsked = Object.keys(goalsMs) as Asked[];

/** Values that filters name, each as likely as any other: so rare ones are asked for as often as common ones. */
export type Values = {
  facets: Record<string, string[]>;
  texts: string[];
  positions: Position[];
  findings: string[];
  resources: string[];
};

export async function readValues(sql: Sql): Promise<Values> {
  const distinct = async (query: string) =>
    (await sql.unsafe<{ v: string }[]>(query)).map(({ v }) => v).sort((a, b) => (a < b ? -1 : 1));
  const of = (column: string) => distinct(`select distinct ${column} as v from finding_counts`);
  const [check, service, region, owner, assignee] = await Promise.all(
    ["check_id", "service", "region", "owner", "assignee_id"].map(of),
  );
  const account = await distinct("select id as v from accounts");
  const names = await distinct("select name as v from resources where hashtext(id) % 4000 = 0 limit 50");
  return {
    facets: {
      check: check ?? [],
      service: service ?? [],
      region: region ?? [],
      account,
      owner: (owner ?? []).filter(Boolean),
      assignee: (assignee ?? []).filter(Boolean),
      severity: ["critical", "high", "medium", "low", "info"],
      cloud: ["aws", "azure", "gcp"],
      source: ["parapet", "prowler"],
    },
    // Rare, common, about checks, and absent.
    texts: [
      ...names.slice(0, 20),
      "prod",
      "orders",
      "bucket",
      "encrypt",
      "ssh",
      "zz-nowhere",
      "no_such%thing",
      "gateway-eu",
    ],
    positions: await sql<Position[]>`
      select id, severity::text as severity,
        to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "openedAt",
        to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAt"
      from findings where status = 'open' and suppression is null and hashtext(id) % 1000 = 0 order by id limit 200`,
    findings: await distinct("select id as v from findings where hashtext(id) % 2000 = 0 limit 300"),
    resources: await distinct("select id as v from resources where hashtext(id) % 500 = 0 limit 300"),
  };
}

/** The address of one request of a kind. */
export function addressOf(kind: Asked, values: Values, chance: Chance): string {
  const query = new URLSearchParams();
  const narrow = (most: number) => {
    const names = Object.keys(values.facets);
    for (let left = chance.below(most + 1); left > 0; left -= 1) {
      const name = chance.pick(names);
      query.set(name, chance.pick(values.facets[name] ?? [""]));
    }
    if (chance.next() < 0.15)
      query.set("state", chance.pick(["new", "in_progress", "muted", "resolved", "all"]));
  };
  switch (kind) {
    case "first page, any facets":
      narrow(4);
      query.set("sort", chance.pick(["severity", "severity", "severity", "newest", "oldest", "due"]));
      return `/api/findings?${query}`;
    case "first page, free text":
      if (chance.next() < 0.3) narrow(1);
      query.set("q", chance.pick(values.texts));
      return `/api/findings?${query}`;
    case "next page, any depth":
      query.set("sort", chance.pick(["severity", "severity", "newest", "oldest", "due"]));
      query.set("after", encodeCursor(chance.pick(values.positions)));
      return `/api/findings?${query}`;
    case "groups":
      narrow(2);
      query.set("group", chance.pick(["check", "resource", "account", "owner"]));
      return `/api/findings/groups?${query}`;
    case "resources, first page": {
      const name = chance.pick(["account", "region", "owner", "cloud", "service"]);
      if (chance.next() < 0.7) query.set(name, chance.pick(values.facets[name] ?? [""]));
      return `/api/resources?${query}`;
    }
    case "resource page":
      return `/resources/${chance.pick(values.resources)}`;
    case "panel":
      return `/api/findings/${chance.pick(values.findings)}`;
    case "facet counts":
      narrow(4);
      return `/api/findings/facets?${query}`;
  }
}
