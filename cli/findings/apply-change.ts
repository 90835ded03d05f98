import { setTimeout as delay } from "node:timers/promises";
import { DomainError } from "#lib/errors.ts";
import { type FindingChange, mostNamedFindings } from "#lib/findings/change-input.ts";
import type { RemoteClient } from "../remote/client.ts";
import {
  changeRemote,
  countRemote,
  listPeople,
  type RemoteTarget,
  readChange,
  remoteFindings,
} from "../remote/findings.ts";
import { type FilterOptions, filterOf, isNarrowed } from "./filter-options.ts";

export type VerbOptions = FilterOptions & { yes?: boolean; wait: boolean; json?: boolean };

type Result = { changeId: string; status: string; matched: number; changed: number; skipped: number };

const pollMs = 1_000;

/** Changes findings on a server and tells what came of it. */
export async function applyChange(
  client: RemoteClient,
  ids: readonly string[],
  options: VerbOptions,
  change: FindingChange,
): Promise<void> {
  const target = await targetOf(client, ids, options);
  await finishChange(client, await changeRemote(client, target, change), options, "Changed");
}

async function targetOf(
  client: RemoteClient,
  ids: readonly string[],
  options: VerbOptions,
): Promise<RemoteTarget> {
  const narrowed = isNarrowed(options);
  if (ids.length > 0 && narrowed) throw refusal("Name findings, or choose them by options, not both.");
  if (ids.length > mostNamedFindings) throw refusal(`Name ${mostNamedFindings} findings at most.`);
  if (ids.length > 0) return { ids: [...ids] };
  if (!narrowed) {
    throw refusal(
      "Name findings by their ids, or choose them by options such as --check. For every one: --status all.",
    );
  }
  const filter = await filterOf(options, {
    me: options.assignee.includes("me") ? await remoteFindings(client).me() : null,
    people: () => listPeople(client),
  });
  const expected = await countRemote(client, filter);
  if (expected === 0) throw refusal("No finding matches.");
  if (!options.yes) throw refusal(`${expected} findings match. Add --yes to change them all.`);
  return { filter, expected };
}

const refusal = (why: string) => new DomainError("invalid_input", `Nothing was changed. ${why}`);

/** Waits for a worker where there is one to wait for, and tells what came of a change. */
export async function finishChange(
  client: RemoteClient,
  begun: Result,
  { wait, json }: { wait: boolean; json?: boolean },
  done: "Changed" | "Put back",
): Promise<void> {
  const result = wait ? await waitFor(client, begun) : begun;
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { changeId, status, matched, changed, skipped } = result;
  if (status === "waiting" || status === "running") {
    process.stdout.write(`A worker is changing ${matched} findings, as change ${changeId}.\n`);
    return;
  }
  const left = skipped > 0 ? ` ${skipped} were so already or could not be changed.` : "";
  const undo = done === "Changed" && changed > 0 ? ` Undo it with: parapet findings undo ${changeId}` : "";
  process.stdout.write(`${done} ${changed} of ${matched} findings.${left}${undo}\n`);
}

async function waitFor(client: RemoteClient, begun: Result): Promise<Result> {
  let last = begun;
  while (last.status === "waiting" || last.status === "running") {
    await delay(pollMs);
    const { id, status, matched, changed, skipped, error } = await readChange(client, begun.changeId);
    last = { changeId: id, status, matched, changed, skipped };
    if (process.stderr.isTTY) process.stderr.write(`\r${changed + skipped} of ${matched} findings`);
    if (status === "failed") {
      throw new DomainError(
        "unavailable",
        `After ${changed} findings it stopped: ${error ?? "why is not known."}`,
      );
    }
  }
  return last;
}
