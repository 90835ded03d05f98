import { drizzle } from "drizzle-orm/postgres-js";
import type { Store } from "#db/client.ts";
import { keepFindingCounts, loadKeptCounts } from "#db/findings/cube/keep.ts";
import { countFacets, getFinding, listFindingGroups, listFindings } from "#db/findings/queries.ts";
import * as schema from "#db/schema.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { type Figure, figure } from "./model.ts";
import { openSeeded } from "./pages/product.ts";
import { readValues, type Values } from "./pages/requests.ts";

type Sent = { query: string; params: unknown[] };
/** What is asked, and which of the statements that answer it is shown. */
type Shown = { what: string; shows: RegExp; ask(db: Store, scope: Scope, values: Values): Promise<unknown> };

const open = { states: [...openStates] };
const page = { sort: "severity", limit: 200 } as const;

const shown: Shown[] = [
  {
    what: "First page, gravest first: a walk along the list's index",
    shows: /^select f\.id/,
    ask: (db, scope) => listFindings(db, scope, findingFilter(open), page),
  },
  {
    what: "The rows of a page",
    shows: /left\("findings"\."reason"/,
    ask: (db, scope) => listFindings(db, scope, findingFilter(open), page),
  },
  {
    what: "First page, newest first: the severities' stretches merged",
    shows: /^select f\.id/,
    ask: (db, scope) => listFindings(db, scope, findingFilter(open), { ...page, sort: "newest" }),
  },
  {
    what: "First page by date",
    shows: /^select f\.id/,
    ask: (db, scope) => listFindings(db, scope, findingFilter(open), { ...page, sort: "due" }),
  },
  {
    what: "First page of a rare check: gathered",
    shows: /^with gathered/,
    ask: (db, scope) =>
      listFindings(db, scope, findingFilter({ ...open, checkIds: ["prowler.account_control_110"] }), page),
  },
  {
    what: "First page of a rare name: gathered",
    shows: /^with gathered/,
    ask: (db, scope, { texts }) =>
      listFindings(db, scope, findingFilter({ ...open, text: texts[0] ?? "" }), page),
  },
  {
    what: "How many resources are called so",
    shows: /^select "id" from "resources"/,
    ask: (db, scope, { texts }) =>
      listFindings(db, scope, findingFilter({ ...open, text: texts[0] ?? "" }), page),
  },
  {
    what: "First page of a common name: a walk that looks at each resource's name",
    shows: /^select f\.id/,
    ask: (db, scope) => listFindings(db, scope, findingFilter({ ...open, text: "prod" }), page),
  },
  {
    what: "What is overdue and due soon: counted in an index alone",
    shows: /count\(\*\) filter/,
    ask: (db, scope) => countFacets(db, scope, findingFilter(open)),
  },
  {
    what: "First page of groups by resource",
    shows: /^select f\.id/,
    ask: (db, scope) => listFindingGroups(db, scope, findingFilter(open), { by: "resource", limit: 60 }),
  },
  {
    what: "The panel's finding",
    shows: /"coverage"\."clean_at"/,
    ask: (db, scope, { findings }) => getFinding(db, scope, findings[0] ?? ""),
  },
];

/** The plans of the hottest statements at a million findings, to standard error; and how long each takes alone. */
export async function run(): Promise<Figure[]> {
  await using seeded = await openSeeded();
  const { sql } = seeded.database;
  const sent: Sent[] = [];
  const db = drizzle(sql, {
    schema,
    casing: "snake_case",
    logger: { logQuery: (query, params) => sent.push({ query, params }) },
  });
  const stop = keepFindingCounts({ db, sql });
  await loadKeptCounts(db, seeded.scope.organisationId);
  const values = await readValues(sql);
  const figures: Figure[] = [];
  for (const { what, shows, ask } of shown) {
    // Twice, so that what it reads is in memory.
    await ask(db, seeded.scope, values);
    sent.length = 0;
    await ask(db, seeded.scope, values);
    const statement = sent.find(({ query }) => shows.test(query.trim()));
    if (!statement) throw new Error(`Nothing was sent for "${what}" that looks like ${shows}.`);
    const plan = await explain(seeded.database.sql, statement);
    process.stderr.write(`${what}\n\n${plan.map((line) => `    ${line}`).join("\n")}\n\n`);
    const took = /Execution Time: ([\d.]+) ms/.exec(plan.join("\n"))?.[1];
    figures.push(figure(what, Number(took), "ms"));
  }
  stop();
  return figures;
}

async function explain(
  sql: Awaited<ReturnType<typeof openSeeded>>["database"]["sql"],
  { query, params }: Sent,
): Promise<string[]> {
  const rows = await sql.unsafe<{ "QUERY PLAN": string }[]>(
    `explain (analyze, buffers, costs off) ${query}`,
    params as string[],
  );
  return rows.map((row) => row["QUERY PLAN"]);
}
