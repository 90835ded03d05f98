import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { canonicalHash } from "#lib/canonical-json.ts";
import { DomainError } from "#lib/errors.ts";
import type { Playbook } from "#lib/remediation/playbook.ts";
import { builtInPlaybooks } from "#lib/remediation/playbooks/index.ts";
import type { Store } from "../client.ts";
import type { Person, PlaybookOffer, PlaybookView } from "./model.ts";
import { isoMoment } from "./plan-rows.ts";
import { texts } from "./visible.ts";

type Custom = { document: Playbook; version: number; createdBy: Person; createdAt: string };

/**
 * The library: what comes with Parapet, then the organisation's own by id. `permissions` is left empty, as telling them
 * takes the clouds' SDKs: `describePlaybook` fills them in.
 */
export async function listPlaybooks(db: Store, scope: Scope): Promise<PlaybookView[]> {
  scope.require("remediation:read");
  const own = await readCustom(db, scope, sql`true`);
  const all = [...builtInPlaybooks.map((playbook) => viewOf(playbook)), ...own];
  const open = await countOpen(db, scope, [...new Set(all.flatMap(({ fixes }) => fixes))]);
  return all.map((view) => withOpen(view, open));
}

/** One of them by its id. Throws `not_found`. */
export async function getPlaybook(db: Store, scope: Scope, id: string): Promise<PlaybookView> {
  scope.require("remediation:read");
  const builtIn = builtInPlaybooks.find((playbook) => playbook.id === id);
  const view = builtIn ? viewOf(builtIn) : (await readCustom(db, scope, sql`c.key = ${id}`))[0];
  if (!view) throw new DomainError("not_found", "There is no such playbook.");
  return withOpen(view, await countOpen(db, scope, view.fixes));
}

/**
 * The playbooks that fix at least one of these checks, those that fix the most first.
 *
 * @param checkIds One per finding, so that one that several findings have counts as often.
 */
export async function playbooksFor(
  db: Store,
  scope: Scope,
  checkIds: readonly string[],
): Promise<PlaybookOffer[]> {
  return (await listPlaybooks(db, scope))
    .map((playbook) => {
      const fixes = new Set(playbook.fixes);
      return { playbook, findings: checkIds.filter((checkId) => fixes.has(checkId)).length };
    })
    .filter(({ findings }) => findings > 0)
    .sort((a, b) => b.findings - a.findings);
}

const viewOf = (playbook: Playbook, custom?: Custom): PlaybookView => ({
  ...playbook,
  source: custom ? "custom" : "built_in",
  version: custom?.version ?? 1,
  hash: canonicalHash(playbook),
  openFindings: 0,
  permissions: [],
  createdBy: custom?.createdBy ?? null,
  createdAt: custom?.createdAt ?? null,
});

async function readCustom(db: Store, scope: Scope, which: SQL): Promise<PlaybookView[]> {
  const rows = await db.execute<Custom>(sql`
    select c.document, c.version, jsonb_build_object('id', u.id, 'name', u.name) as "createdBy",
      ${isoMoment(sql`c.created_at`)} as "createdAt"
    from custom_playbooks c join users u on u.id = c.created_by
    where c.organisation_id = ${scope.organisationId} and c.retired_at is null and ${which} order by c.key
  `);
  return rows.map((row) => viewOf(row.document, row));
}

/** Resources that fail each of the checks, from counters that scans keep. */
async function countOpen(db: Store, scope: Scope, checkIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.execute<{ id: string; open: number }>(sql`
    select c.check_id as id, sum(c.fail)::int as open from check_counters c
    where c.organisation_id = ${scope.organisationId} and c.check_id = any(${texts(checkIds)})
      and ${scope.accountIds === null ? sql`true` : sql`c.account_id = any(${texts(scope.accountIds)})`}
    group by c.check_id
  `);
  return new Map(rows.map(({ id, open }) => [id, open]));
}

const withOpen = (view: PlaybookView, open: ReadonlyMap<string, number>): PlaybookView => ({
  ...view,
  openFindings: view.fixes.reduce((sum, checkId) => sum + (open.get(checkId) ?? 0), 0),
});
