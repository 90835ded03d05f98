import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { AuditRecord } from "../audit/append.ts";
import type { Scope } from "../auth/scope.ts";
import { enqueue } from "../jobs/queue.ts";
import { defineMutation } from "../mutation.ts";
import { ChangeFindingsInput, type ChangeResult, mostNamedFindings } from "./change-input.ts";
import type { FindingFilter } from "./filter.ts";
import { beginChange, changeSome, finishChange, resultOf } from "./triage/change-record.ts";
import { findMatching, holdNamed, storeMatching } from "./triage/choose.ts";
import { cleaned } from "./triage/cleaned.ts";
import type { StoredChange } from "./triage/deeds.ts";
import { prepareChange } from "./triage/prepare-change.ts";
import { checkRevision } from "./triage/refuse-outdated.ts";
import { retryDeadlocks } from "./triage/retry-deadlocks.ts";

/**
 * Assigns, mutes, dates or moves on findings, or asks for their risk to be accepted. Named ones, and a few that match a
 * filter, are changed at once; more are noted down in this transaction, exactly those that match now, and a worker does
 * the rest. Throws `not_found` when a named one can't be seen, and `conflict` when a single one changed since `revision`.
 */
export const changeFindings = retryDeadlocks(
  defineMutation({
    permission: "findings:triage",
    act: { action: "triage_change.start", kind: "triage_change" },
    input: ChangeFindingsInput,
    async run({ tx, scope, input: raw }): Promise<{ result: ChangeResult; audit: AuditRecord }> {
      const { target, change } = cleaned(raw);
      if (change.act === "ask_acceptance") scope.require("risk:ask");
      const few =
        "ids" in target ? target.ids : await findMatching(tx, scope, target.filter, mostNamedFindings);
      if ("ids" in target || few.length <= mostNamedFindings) {
        const held = await holdNamed(tx, scope, few);
        if ("ids" in target) await checkRevision(tx, held, target.revision);
        const stored = await prepareChange(tx, scope, change, held);
        const filter = "filter" in target ? { filter: target.filter } : {};
        const row = await beginChange(tx, scope, stored, {
          status: "running",
          matched: held.length,
          ...filter,
        });
        const { audit } = await changeSome(
          tx,
          row,
          held.map(({ id }) => id),
        );
        return { result: await finishChange(tx, row, false), audit };
      }
      return changeByJob(tx, scope, target, await prepareChange(tx, scope, change, []));
    },
  }),
);

/** Notes down what matches now, and has a worker change it. */
async function changeByJob(
  tx: Transaction,
  scope: Scope,
  { filter, expected }: { filter: FindingFilter; expected: number },
  stored: StoredChange,
): Promise<{ result: ChangeResult; audit: AuditRecord }> {
  // A million findings are noted down in less; whoever asks for a page waits no longer than before.
  await tx.execute(sql`set local statement_timeout = '120s'`);
  const change = await beginChange(tx, scope, stored, { status: "waiting", matched: 0, filter });
  const matched = await storeMatching(tx, scope, filter, change.id);
  await tx.execute(sql`update triage_changes set matched = ${matched} where id = ${change.id}`);
  await enqueue(tx, "triage-change", [{ data: { changeId: change.id } }]);
  const { act, ...set } = stored;
  return {
    result: resultOf({ ...change, matched }),
    audit: {
      action: "triage_change.start",
      object: { kind: "triage_change", id: change.id },
      after: { act, change: set, filter, expected, matched },
    },
  };
}
