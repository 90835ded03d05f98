import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { catalogue } from "../../checks/index.ts";

/** What a fresh scan says of one check of a resource. Anything but `pass` and `fail` is not known. */
export type Said = "pass" | "fail" | "unknown" | "manual" | "gone";

export type Judged = {
  targetId: string;
  name: string;
  /** What went otherwise than planned although it was carried out; null when nothing did. */
  trouble: string | null;
  verdicts: Record<string, Said>;
};

type Row = {
  targetId: string;
  name: string;
  trouble: string | null;
  checks: string[];
  gone: boolean;
  /** Whether the scan read this very resource with nothing left out. */
  clean: boolean;
  /** Whether the checks that compare resources ran to their end. */
  related: boolean;
  verdicts: Record<string, string> | null;
};

const comparing = new Set(catalogue.filter(({ context }) => context?.length).map(({ id }) => id));

/** Over `u`, a unit of the scan, and `t`, a target: that nothing of the resource stayed unread. */
const readWhole = sql`u.status in ('done', 'gap')
  and (select count(*) from coverage_gaps g where g.unit_id = u.id) = u.gaps
  and not exists (
    select from coverage_gaps g where g.unit_id = u.id
      and (g.resource_uid = t.uid or g.resource_uid is null and (g.kind is null or g.kind = t.kind)))`;

/**
 * What the scan that was begun for them says of a plan's resources in one of the states. A verdict counts only when that
 * scan read the resource with nothing left out; else it is unknown, whatever an older scan had said.
 */
export async function judgeTargets(tx: Transaction, planId: string, state: string): Promise<Judged[]> {
  const rows = await tx.execute<Row>(sql`
    select t.id as "targetId", t.name, t.error as trouble, r.verdicts,
      array(select f ->> 'checkId' from jsonb_array_elements(p.document -> 'targets') d
        cross join jsonb_array_elements(d -> 'findings') f where d ->> 'resourceId' = t.resource_id) as checks,
      r.deleted_at is not null as gone,
      coalesce((select ${readWhole} from scan_units u
        where u.scan_id = t.scan_id and u.account_id = t.account_id and u.service = r.service
          and u.region = r.unit_region and not u.supporting), false) as clean,
      coalesce((select u.status = 'done' from scan_units u
        where u.scan_id = t.scan_id and u.account_id = t.account_id and u.service = 'relations'), false) as related
    from remediation_targets t join remediation_plans p on p.id = t.plan_id
      left join resources r on r.id = t.resource_id
    where t.plan_id = ${planId} and t.state = ${state} order by t.ordinal
  `);
  return rows.map(({ targetId, name, trouble, checks, ...read }) => ({
    ...{ targetId, name, trouble },
    verdicts: Object.fromEntries(checks.map((checkId) => [checkId, saidOf(checkId, read)])),
  }));
}

function saidOf(
  checkId: string,
  { gone, clean, related, verdicts }: Omit<Row, "targetId" | "name" | "trouble" | "checks">,
): Said {
  if (!clean || (comparing.has(checkId) && !related)) return "unknown";
  if (gone) return "gone";
  const verdict = verdicts?.[checkId];
  return verdict === "pass" || verdict === "fail" || verdict === "manual" ? verdict : "unknown";
}

/** In plain words, why a change isn't verified; null when every check passes and nothing went otherwise than planned. */
export function whyUnverified({ trouble, verdicts }: Judged): string | null {
  const named = (said: Said) =>
    Object.keys(verdicts)
      .filter((checkId) => verdicts[checkId] === said)
      .join(", ");
  const parts = [
    trouble,
    Object.keys(verdicts).length === 0 ? "There is no check that could tell." : null,
    say(named("fail"), (checks) => `Still fails: ${checks}.`),
    say(named("unknown"), (checks) => `Could not be read afresh, so nobody knows: ${checks}.`),
    say(named("manual"), (checks) => `A person has to look at ${checks}.`),
    say(named("gone"), () => "The resource is gone."),
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" ") : null;
}

const say = (checks: string, words: (checks: string) => string): string | null =>
  checks === "" ? null : words(checks);
