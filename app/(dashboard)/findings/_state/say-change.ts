import type { FindingChange } from "#lib/findings/change-input.ts";

/** `1 finding`, `12,345 findings`. */
export const countOf = (findings: number): string =>
  `${findings.toLocaleString("en")} ${findings === 1 ? "finding" : "findings"}`;

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
export const dayOf = (at: string): string => day.format(new Date(at));

const workflowWords = { new: "new", in_progress: "in progress" } as const;

/** What a change does, in three tenses, such as "Assign 3 findings to Maria", "Assigning …", "3 findings assigned …". */
export function sayChange(
  change: FindingChange,
  findings: number,
  nameOf: (userId: string) => string,
): { order: string; going: string; done: string } {
  const many = countOf(findings);
  const said = (verb: string, going: string, done: string, rest = "") => ({
    order: `${verb} ${many}${rest}`,
    going: `${going} ${many}${rest}`,
    done: `${many} ${done}${rest}`,
  });
  switch (change.act) {
    case "assign":
      return change.assigneeId
        ? said("Assign", "Assigning", "assigned", ` to ${nameOf(change.assigneeId)}`)
        : said("Unassign", "Unassigning", "unassigned");
    case "workflow":
      return said("Set", "Setting", "set", ` to ${workflowWords[change.workflow]}`);
    case "due":
      return change.dueAt
        ? said("Make", "Making", "made", ` due on ${dayOf(change.dueAt)}`)
        : said("Give", "Giving", "given", " the due date of the policy");
    case "mute":
      return said("Mute", "Muting", "muted", ` until ${dayOf(change.until)}`);
    case "unmute":
      return said("Unmute", "Unmuting", "unmuted");
    case "ask_acceptance":
      return {
        order: `Ask to accept the risk of ${many}`,
        going: `Asking to accept the risk of ${many}`,
        done: `A manager is asked to accept the risk of ${many} until ${dayOf(change.until)}`,
      };
    case "revoke_acceptance":
      return {
        order: `End the acceptance of ${many}`,
        going: `Ending the acceptance of ${many}`,
        done: `The acceptance of ${many} ended`,
      };
  }
}
