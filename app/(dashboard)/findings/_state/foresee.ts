import type { FindingRow, Person } from "#db/findings/model.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";

type Triaged = Pick<FindingRow, "status" | "state" | "assignee" | "dueAt" | "suppressedUntil">;

/** What a row, or the panel, will most likely say after a change, to show until the server has said so. */
export function foresee<T extends Triaged>(row: T, change: FindingChange, people: readonly Person[]): T {
  if (row.status === "resolved") return row;
  switch (change.act) {
    case "assign":
      return { ...row, assignee: people.find(({ id }) => id === change.assigneeId) ?? null };
    case "workflow":
      return row.suppressedUntil ? row : { ...row, state: change.workflow };
    case "due":
      return change.dueAt ? { ...row, dueAt: change.dueAt } : row;
    case "mute":
      return { ...row, state: "muted", suppressedUntil: change.until };
    case "ask_acceptance":
      return "acceptanceAsked" in row ? { ...row, acceptanceAsked: true } : row;
    case "unmute":
    case "revoke_acceptance":
      return { ...row, state: "new", suppressedUntil: null };
  }
}

/** Whether a row, as it now stands, still belongs in a list of these states and assignees. */
export function belongs(
  row: FindingRow,
  { states, assigneeIds }: { states: readonly FindingRow["state"][]; assigneeIds: readonly string[] },
): boolean {
  const inStates = states.length === 0 || states.includes(row.state);
  return inStates && (assigneeIds.length === 0 || assigneeIds.includes(row.assignee?.id ?? ""));
}
