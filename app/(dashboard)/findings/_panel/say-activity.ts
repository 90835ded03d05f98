import type { Person, TimelineEntry } from "#db/findings/model.ts";
import { dayOf } from "../_state/say-change.ts";

type Change = Extract<TimelineEntry, { type: "change" }>;

const workflowWords: Readonly<Record<string, string>> = { new: "new", in_progress: "in progress" };

/** What a change did to the finding, to follow the name of who did it. */
export function sayActivity({ act, after, people }: Pick<Change, "act" | "after" | "people">): string {
  const moment = (value: unknown) => (typeof value === "string" ? dayOf(value) : "another day");
  const name = (id: unknown) => people.find((person: Person) => person.id === id)?.name ?? "somebody";
  switch (act) {
    case "assign":
      return after.assigneeId ? `assigned it to ${name(after.assigneeId)}` : "took it from its assignee";
    case "workflow":
      return `set it to ${workflowWords[String(after.workflow)] ?? String(after.workflow)}`;
    case "due":
      return after.dueByHand
        ? `made it due on ${moment(after.dueAt)}`
        : "gave it the due date of the policy again";
    case "mute":
      return `muted it until ${moment(after.suppressedUntil)}`;
    case "unmute":
      return "unmuted it";
    case "ask_acceptance":
      return "asked to accept its risk";
    case "accept_risk":
      return `accepted its risk until ${moment(after.suppressedUntil)}`;
    case "revoke_acceptance":
      return "ended the acceptance of its risk";
    case "expire":
      return "brought it back: the time was over";
    case "undo":
      return "undid a change";
    default:
      return "changed it";
  }
}
