import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { toJson } from "#db/insert-rows.ts";
import type { ImportJob, Progress } from "../hold-import.ts";
import type { Act, Decisions } from "./decide.ts";

/** Rejected rows kept of an import, and duplicates, and contradictions; beyond them only their number is. */
export const maxKept = 10_000;

/** The region of a unit that no scan reads: none marks its resources gone, and one that finds them takes them over. */
export const importedUnit = "imported";

/** Writes what a batch came to. */
export async function writeDecisions(
  tx: Transaction,
  job: ImportJob,
  decisions: Decisions,
  before: Progress,
): Promise<void> {
  const acts = [...decisions.created, ...decisions.updated];
  await writeChecks(tx, job, acts);
  await writeResources(tx, job, decisions.created);
  await openFindings(tx, job, decisions.created);
  await changeFindings(tx, job, decisions.updated);
  await supersede(tx, job, decisions.superseded);
  await writeSaid(tx, job, decisions);
  await writeRejections(tx, job, decisions, before);
  await writeDuplicates(tx, job, decisions, before);
}

async function writeChecks(tx: Transaction, job: ImportJob, acts: readonly Act[]): Promise<void> {
  const newest = new Map<string, Act>();
  for (const act of acts) {
    const rival = newest.get(act.finding.check.id);
    if (!rival || rival.observedAt < act.observedAt) newest.set(act.finding.check.id, act);
  }
  if (newest.size === 0) return;
  const rows = [...newest.values()].map(({ finding: { check }, observedAt }) => ({ ...check, observedAt }));
  await tx.execute(sql`
    insert into imported_checks (organisation_id, check_id, source, title, severity, risk, remediation, url, observed_at)
    select ${job.organisationId}, x.id, x.source, x.title, x.severity::severity, x.risk, x.remediation, x.url, x."observedAt"
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as x(id text, source text, title text, severity text, risk text,
      remediation text, url text, "observedAt" timestamptz)
    order by x.id
    on conflict (organisation_id, check_id) do update set title = excluded.title, severity = excluded.severity,
      risk = excluded.risk, remediation = excluded.remediation, url = excluded.url, observed_at = excluded.observed_at
    where imported_checks.observed_at < excluded.observed_at
  `);
}

/** Resources that the inventory lacks, and their count. A scan that reads one takes it over by its uid. */
async function writeResources(tx: Transaction, job: ImportJob, acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  const rows = acts.map(({ accountId, observedAt, finding: { resource } }) => ({
    accountId,
    at: observedAt,
    ...resource,
    hash: `\\x${createHash("sha256").update(resource.uid).digest("hex")}`,
  }));
  await tx.execute(sql`
    with added as (
    insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with, first_seen_at, changed_at)
    select distinct on (x."accountId", x.uid) new_id('res'), ${job.organisationId}, x."accountId", x.service, x.region,
      ${importedUnit}, x.kind, x.uid, x.name, x.tags, '{}', '[]', x.hash::bytea, '{}', ${importedUnit}, x.at, x.at
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as x("accountId" text, service text, region text, kind text, uid text,
      name text, tags jsonb, hash text, at timestamptz)
    order by x."accountId", x.uid
    on conflict (account_id, uid) do nothing
    returning account_id, service, kind, region, owner
    )
    insert into resource_counters (organisation_id, account_id, service, unit_region, kind, region, owner, resources)
    select ${job.organisationId}, account_id, service, ${importedUnit}, kind, region, owner, count(*)::int from added
    group by account_id, service, kind, region, owner
    on conflict on constraint resource_counters_identity
      do update set resources = resource_counters.resources + excluded.resources
  `);
}

const columnsOf = ({ kind, accountId, findingId, finding, observedAt }: Act) => ({
  kind,
  accountId,
  findingId,
  uid: finding.resource.uid,
  checkId: finding.check.id,
  source: finding.check.source,
  severity: finding.check.severity,
  service: finding.resource.service,
  region: finding.resource.region,
  reason: finding.reason,
  resolution: finding.status === "withdrawn" ? "check_retired" : "fixed",
  at: observedAt,
});

const actsOf = (acts: readonly Act[]) =>
  sql`jsonb_to_recordset(${toJson(acts.map(columnsOf))}::jsonb) as x(kind text, "accountId" text, "findingId" text,
    uid text, "checkId" text, source text, severity severity, service text, region text, reason text, resolution text,
    at timestamptz)`;

async function openFindings(tx: Transaction, job: ImportJob, acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  await tx.execute(sql`
    with opened as (
      insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, reason,
        evidence, first_seen_at, opened_at, due_at, owner, source)
      select new_id('fnd'), r.organisation_id, r.account_id, r.id, x."checkId", r.service, r.region, x.severity, x.reason,
        '[]', x.at, x.at, sla_due(r.organisation_id, x.severity, x.at), r.owner, x.source
      from ${actsOf(acts)} join resources r on r.account_id = x."accountId" and r.uid = x.uid
      returning id, reason, opened_at
    )
    insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
    select new_id('trn'), ${job.organisationId}, id, ${job.id}, 'opened', reason, opened_at from opened
  `);
}

/** A reopened finding is dated no earlier than its end, which a scan may have seen after the report was made. */
async function changeFindings(tx: Transaction, job: ImportJob, acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  await tx.execute(sql`
    with held as materialized (
      select f.id, x.*, greatest(x.at, f.opened_at, f.resolved_at) as moment
      from ${actsOf(acts)} join findings f on f.id = x."findingId" order by f.id for no key update of f
    ), reworded as (
      update findings f set reason = x.reason, severity = x.severity,
        due_at = case when f.due_by_hand or f.severity = x.severity then f.due_at
          else sla_due(f.organisation_id, x.severity, f.opened_at) end
      from held x where f.id = x.id and x.kind = 'reword'
    ), reopened as (
      update findings f set status = 'open', opened_at = x.moment, resolved_at = null, resolution = null,
        reopened = f.reopened + 1, reason = x.reason, severity = x.severity, workflow = 'new', due_by_hand = false,
        due_at = sla_due(f.organisation_id, x.severity, x.moment)
      from held x where f.id = x.id and x.kind = 'reopen'
      returning f.id, 'reopened' as kind, f.reason, x.moment
    ), resolved as (
      update findings f set status = 'resolved', resolved_at = x.moment, resolution = x.resolution, unverified_since = null
      from held x where f.id = x.id and x.kind = 'resolve'
      returning f.id, 'resolved' as kind, x.resolution as reason, x.moment
    )
    insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
    select new_id('trn'), ${job.organisationId}, t.id, ${job.id}, t.kind, t.reason, t.moment
    from (select * from reopened union all select * from resolved) t
  `);
}

/** Ends what was imported before Parapet judged it itself. */
async function supersede(tx: Transaction, job: ImportJob, findingIds: readonly string[]): Promise<void> {
  if (findingIds.length === 0) return;
  await tx.execute(sql`
    with resolved as (
      update findings f set status = 'resolved', resolved_at = now(), resolution = 'check_retired', unverified_since = null
      where f.id in (select jsonb_array_elements_text(${toJson([...findingIds])}::jsonb)) and f.status = 'open'
      returning f.id
    )
    insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
    select new_id('trn'), ${job.organisationId}, id, ${job.id}, 'resolved', 'check_retired', now() from resolved
  `);
}

async function writeSaid(tx: Transaction, job: ImportJob, { said }: Decisions): Promise<void> {
  if (said.length === 0) return;
  await tx.execute(sql`
    insert into imported_verdicts (organisation_id, account_id, uid, check_id, verdict, observed_at, import_id)
    select ${job.organisationId}, x."accountId", x.uid, x."checkId", x.verdict, x."observedAt", ${job.id}
    from jsonb_to_recordset(${toJson(said)}::jsonb) as x("accountId" text, uid text, "checkId" text, verdict text,
      "observedAt" timestamptz)
    on conflict (account_id, uid, check_id) do update set verdict = excluded.verdict,
      observed_at = excluded.observed_at, import_id = excluded.import_id
  `);
}

async function writeRejections(tx: Transaction, job: ImportJob, { rejections }: Decisions, before: Progress) {
  const kept = rejections.slice(0, Math.max(0, maxKept - before.rejected));
  if (kept.length === 0) return;
  await tx.execute(sql`
    insert into import_rejections (import_id, row, reason, subject)
    select ${job.id}, x.row, x.reason, x.subject
    from jsonb_to_recordset(${toJson(kept)}::jsonb) as x(row int, reason text, subject text)
  `);
}

async function writeDuplicates(tx: Transaction, job: ImportJob, { duplicates }: Decisions, before: Progress) {
  const contradicting = duplicates.filter(({ contradicts }) => contradicts);
  const agreeing = duplicates.filter(({ contradicts }) => !contradicts);
  const kept = [
    ...contradicting.slice(0, Math.max(0, maxKept - before.contradicted)),
    ...agreeing.slice(0, Math.max(0, maxKept - (before.duplicates - before.contradicted))),
  ];
  if (kept.length === 0) return;
  await tx.execute(sql`
    insert into import_duplicates (import_id, row, check_id, native_check_id, subject, said, judged, contradicts)
    select ${job.id}, x.row, x."checkId", x."nativeCheckId", x.subject, x.said, x.judged, x.contradicts
    from jsonb_to_recordset(${toJson(kept)}::jsonb) as x(row int, "checkId" text, "nativeCheckId" text, subject text,
      said text, judged text, contradicts boolean)
  `);
}
