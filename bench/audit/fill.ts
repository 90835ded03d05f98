import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { canonicalEntry, type EntryFields, leafOf, macOf } from "#lib/audit/entry.ts";
import { auditKeyring } from "#lib/audit/keys.ts";
import { Chance } from "../pages/chance.ts";
import type { Trail } from "./trail.ts";

/** What the made-up trail consists of; values in filters are drawn from these. */
export const world = {
  days: 90,
  users: Array.from({ length: 40 }, (_, n) => `usr_${n.toString(16).padStart(28, "0")}`),
  /** Most done first: each is done half as often as one some places before it. */
  actions: [
    ...["session.sign-in", "finding.workflow", "scan.start", "scan.end", "comment.add", "finding.assign"],
    ...["remediation_plan.create", "remediation_plan.submit", "remediation_plan.approve", "finding.mute"],
    ...["remediation_step.apply", "session.sign-out", "remediation_plan.end", "token.refuse", "view.save"],
    ...["session.refuse", "account.test", "exception.grant", "user.change_role", "audit.export"],
    ...["account.edit", "remediation_plan.reject", "api_token.create", "user.invite", "playbook.save"],
    ...["account.connect", "user.disable", "sla_policy.set", "secrets.rotate", "remediation.freeze"],
  ],
  objects: 100_000,
} as const;

/** Entries in one transaction: what one COPY brings. */
const perCopy = 10_000;

/**
 * Fills the trail up to so many entries, evenly over the last `world.days` days, each as `appendAudit` would have written
 * it: canonical form, leaf and HMAC. Indexes are taken off and put on again.
 */
export async function fillTrail(trail: Trail, upTo: number): Promise<void> {
  const { sql } = trail.owner;
  const [present] = await sql<{ count: number }[]>`select count(*)::int from audit_entries`;
  const from = present?.count ?? 0;
  if (from >= upTo) return;
  const [now, spanMs] = [Date.now(), world.days * 86_400_000];
  for (let day = 0; day <= world.days + 31; day += 28) {
    await sql`select audit_open_month(${new Date(now - spanMs + day * 86_400_000).toISOString().slice(0, 10)}::date)`;
  }
  const restore = await dropIndexes(trail);
  const chance = new Chance(from + 1);
  for (let first = from; first < upTo; first += perCopy) {
    const last = Math.min(upTo, first + perCopy);
    const copy =
      await sql`copy audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind,
      object_id, result, duration_ms, correlation_id, after, leaf, mac, key_id) from stdin`.writable();
    const rows = function* () {
      for (let n = first; n < last; n += 500) {
        let text = "";
        for (let m = n; m < Math.min(last, n + 500); m += 1) {
          const at = new Date(now - spanMs + Math.floor((m / upTo) * spanMs));
          text += rowOf(entryOf(m, at, trail.scope.organisationId, chance));
        }
        yield text;
      }
    };
    await pipeline(Readable.from(rows()), copy);
  }
  for (const statement of restore) await sql.unsafe(statement);
  await sql`vacuum analyze`;
}

function entryOf(n: number, at: Date, organisationId: string, chance: Chance): EntryFields {
  // By the square, so that the first are met far more often than the last.
  const action = world.actions[Math.floor(chance.next() ** 2 * world.actions.length)] ?? "scan.start";
  const kind = action.slice(0, action.indexOf("."));
  const trouble = chance.next();
  return {
    entryId: `ent_${at.getTime().toString(16).padStart(12, "0")}${n.toString(16).padStart(16, "0")}`,
    at: at.toISOString(),
    organisationId,
    ...(chance.next() < 0.2
      ? { actorKind: "system", actorId: "worker" }
      : { actorKind: "user", actorId: chance.pick(world.users) }),
    actorTokenId: null,
    action,
    objectKind: kind,
    objectId: objectOf(Math.floor(chance.next() * world.objects)),
    result: action.endsWith(".refuse") || trouble < 0.01 ? "refused" : trouble < 0.02 ? "failed" : "done",
    durationMs: Math.round(chance.next() ** 3 * 400_000) / 1_000,
    // Three entries a request.
    correlationId: correlationOf(Math.floor(n / 3)),
    origin: null,
    before: null,
    after: `{"n":${n},"state":"${n % 2 ? "approved" : "open"}"}`,
  };
}

export const objectOf = (n: number): string => `obj_${n.toString(16).padStart(28, "0")}`;

/** Spread as those of real requests are, which are all chance. */
export const correlationOf = (n: number): string => {
  const spread = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `${spread.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
};

/** The entry as a line of COPY. Nothing in it has a tab, a line's end or a backslash. */
function rowOf(entry: EntryFields): string {
  const { first: key } = auditKeyring();
  const leaf = leafOf(canonicalEntry(entry));
  const mac = macOf(leaf, key.mac);
  const { entryId, at, organisationId, actorKind, actorId, action, objectKind, objectId } = entry;
  return `${entryId}\t${at}\t${organisationId}\t${actorKind}\t${actorId}\t${action}\t${objectKind}\t${objectId}\t${entry.result}\t${entry.durationMs}\t${entry.correlationId}\t${entry.after}\t\\\\x${leaf.toString("hex")}\t\\\\x${mac.toString("hex")}\t${key.id}\n`;
}

/** Takes off every index of the trail that no constraint needs; answers the statements that put them on again. */
async function dropIndexes({ owner: { sql } }: Trail): Promise<string[]> {
  const found = await sql<{ name: string; statement: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as statement from pg_index
    where indrelid = 'audit_entries'::regclass
      and not exists (select 1 from pg_constraint where conindid = indexrelid)`;
  for (const { name } of found) await sql.unsafe(`drop index ${name}`);
  return found.map(({ statement }) => statement.replace(" ON ONLY ", " ON "));
}
