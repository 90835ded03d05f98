import type { Said } from "./sentence.ts";
import { many, nounOf, shortId } from "./words.ts";

/** A phrase that begins with a verb, or a whole one for what is no act of the actor's. */
type Phrase = string | { says: string };

type Facts = Said["after"];

const text = (facts: Facts, field: string): string | null => {
  const value = facts?.[field];
  return typeof value === "string" && value !== "" ? value : null;
};
const number = (facts: Facts, field: string): number | null => {
  const value = facts?.[field];
  return typeof value === "number" ? value : null;
};
const listed = (facts: Facts, field: string): unknown[] => {
  const value = facts?.[field];
  return Array.isArray(value) ? value : [];
};
const words = (value: string) => value.replaceAll(/[_-]/g, " ");
const short = (facts: Facts, field: string): string | null => {
  const id = text(facts, field);
  return id === null ? null : shortId(id);
};

/** ` for 3 resources` when the entry tells how many. */
const forResources = ({ after }: Said): string => {
  const count = number(after, "resources") ?? (listed(after, "resources").length || null);
  return count === null ? "" : ` for ${many(count, "resource")}`;
};
const because = (facts: Facts): string => {
  const reason = text(facts, "reason") ?? text(facts, "error") ?? text(facts, "message");
  return reason === null ? "" : `: ${words(reason)}`;
};
const sessionsEnded = ({ after }: Said): string => {
  const ended = number(after, "sessionsEnded") ?? 0;
  return ended === 0 ? "" : `, which ended ${many(ended, "session")}`;
};
const roleOf = (facts: Facts): string => {
  const role = text(facts, "role");
  return role === null ? "" : ` as ${role}`;
};
const findingsOf = ({ after }: Said): string => {
  const count = listed(after, "findings").length || number(after, "matched") || number(after, "findings");
  return count ? many(count, "finding") : "findings";
};
const stepOf = ({ after, object }: Said): string => text(after, "action") ?? `step ${shortId(object.id)}`;

/** What is said of actions of which more is known than a verb and an object. */
export const phrases: Readonly<Record<string, (entry: Said, object: string) => Phrase>> = {
  "session.sign-in": ({ after }) => {
    const method = text(after, "method");
    return `sign in${method === null ? "" : ` by ${method === "oidc" ? "single sign-on" : words(method)}`}`;
  },
  "session.sign-out": () => "sign out",
  "session.refuse": ({ after }) => ({ says: `was refused a sign-in${because(after)}` }),
  "session.revoke": ({ object }) => `end session ${shortId(object.id)}`,
  "token.refuse": ({ after, object }) => ({
    says: `was refused with ${object.id === "unknown" ? "an unknown token" : `token ${shortId(object.id)}`}${because(after)}`,
  }),
  "user.create": (entry, object) => `create ${object}${roleOf(entry.after)}`,
  "user.invite": (entry, object) => `invite ${object}${roleOf(entry.after)}`,
  "user.resend_invitation": (_, object) => `make a new invitation for ${object}`,
  "user.create_password_reset": (_, object) => `make a link to reset the password of ${object}`,
  "user.cancel_link": ({ before }, object) =>
    before?.kind === "invitation"
      ? `take back the invitation of ${object}`
      : `take back the link to reset the password of ${object}`,
  "user.set_password": (entry) =>
    entry.after?.by === "invitation"
      ? "take an invitation and set a password"
      : `set another password by a link${sessionsEnded(entry)}`,
  "user.change_password": (entry) => `change their password${sessionsEnded(entry)}`,
  "user.refuse_password_change": () => ({ says: "gave a wrong password when changing theirs" }),
  "user.change_role": ({ before, after }, object) =>
    `change the role of ${object} from ${text(before, "role") ?? "another"} to ${text(after, "role") ?? "another"}`,
  "user.set_visibility": ({ after }, object) =>
    after?.seesAllAccounts
      ? `let ${object} see every account`
      : `let ${object} see ${many(number(after, "accounts") ?? 0, "account")}`,
  "user.disable": (entry, object) => `disable ${object}${sessionsEnded(entry)}`,
  "user.link": (_, object) => `tie ${object} to who they are at the identity provider`,
  "account.connect": ({ after }, object) =>
    `connect ${object}${after?.source ? " as a member of an organisation" : ""}`,
  "account.edit": (entry, object) => `change ${fieldsOf(entry)} of ${object}`,
  "account.reconnect": (_, object) => `change how ${object} is reached`,
  "account.delete": (_, object) => `ask to delete ${object}`,
  "account.deleted": (_, object) => `delete ${object}`,
  "account.test": ({ after }, object) =>
    `test the ${after?.identity === "write" ? "write" : "read"} identity of ${object}`,
  "account.set_write_identity": (_, object) => `set the identity that fixes are made with in ${object}`,
  "account.remove_write_identity": (_, object) =>
    `remove the identity that fixes were made with in ${object}`,
  "account_source.edit": (entry, object) => `change ${fieldsOf(entry)} of ${object}`,
  "account_source.request_sync": (_, object) => `ask ${object} for its members`,
  "account_source.sync": (_, object) => `list the members of ${object}`,
  "scan.start": ({ after }, object) => {
    const accounts = number(after, "accounts") ?? (listed(after, "accountIds").length || null);
    return `start ${object}${accounts === null ? "" : ` of ${many(accounts, "account")}`}`;
  },
  "scan.end": ({ after }, object) => {
    const status = text(after, "status");
    return `finish ${object}${status === null || status === "done" ? "" : `, ${words(status)}`}`;
  },
  "finding.assign": (entry) => `assign ${findingsOf(entry)}`,
  "finding.workflow": (entry) =>
    `move ${findingsOf(entry)} to ${words(changeOf(entry, "workflow") ?? "another state")}`,
  "finding.due": (entry) => `change when ${findingsOf(entry)} are due`,
  "finding.mute": (entry) => `mute ${findingsOf(entry)}`,
  "finding.unmute": (entry) => `unmute ${findingsOf(entry)}`,
  "finding.accept_risk": (entry) => `accept the risk of ${findingsOf(entry)}`,
  "finding.ask_acceptance": (entry) => `ask to accept the risk of ${findingsOf(entry)}`,
  "finding.revoke_acceptance": (entry) => `revoke the accepted risk of ${findingsOf(entry)}`,
  "finding.undo": (entry) => `undo a change of ${findingsOf(entry)}`,
  "triage_change.start": (entry) => `start a change of ${findingsOf(entry)}`,
  "triage_change.undo": ({ after, object }) =>
    `undo change ${short(after, "changeId") ?? shortId(object.id)}`,
  "exception.decide": (_, object) => `decide on ${object}`,
  "remediation_plan.decide": (_, object) => `decide on ${object}`,
  "exception.settle": (_, object) => `settle ${object}`,
  "exception.grant": (_, object) => `accept the risk that was asked for by ${object}`,
  "exception.reject": (_, object) => `reject the risk that was asked for by ${object}`,
  "comment.add": ({ after }) => `comment on finding ${short(after, "findingId") ?? ""}`.trim(),
  "comment.edit": ({ after }) => `edit a comment on finding ${short(after, "findingId") ?? ""}`.trim(),
  "comment.delete": ({ before }) => `delete a comment on finding ${short(before, "findingId") ?? ""}`.trim(),
  "notification.read": ({ after }) => `read ${many(number(after, "read") ?? 0, "notification")}`,
  "mail.test": () => "send a test mail",
  "organisation.tell": (_, object) => `change whom ${object} tells of what`,
  "playbook.save": ({ object, after }) => `save playbook ${object.id}${versionOf(after)}`,
  "playbook.retire": ({ object }) => `retire playbook ${object.id}`,
  "remediation.freeze": ({ after }) => `freeze all fixes${because(after)}`,
  "remediation.unfreeze": () => "unfreeze fixes",
  "remediation_settings.set_limits": () => "set the limits of fixes",
  "remediation_plan.create": (entry, object) => `propose ${object}${forResources(entry)}`,
  "remediation_plan.plan": (entry, object) =>
    text(entry.after, "error") === null
      ? `plan ${object}${forResources(entry)}`
      : { says: `could not plan ${object}${because(entry.after)}` },
  "remediation_plan.submit": (entry, object) => `submit ${object}${forResources(entry)} for approval`,
  "remediation_plan.approve": (entry, object) => `approve ${object}${forResources(entry)}`,
  "remediation_plan.reject": ({ after }, object) => `reject ${object}${because(after)}`,
  "remediation_plan.run": (_, object) => `ask to carry out ${object}`,
  "remediation_plan.begin": (_, object) => `begin to carry out ${object}`,
  "remediation_plan.end": ({ after }, object) => `end ${object}: ${words(text(after, "state") ?? "ended")}`,
  "remediation_plan.expire": (_, object) => ({ says: `let ${object} expire` }),
  "remediation_plan.roll_back": ({ after }, object) => `ask to roll back ${object}${because(after)}`,
  "remediation_step.begin": (entry) => `begin ${stepOf(entry)}`,
  "remediation_step.apply": (entry) => `apply ${stepOf(entry)}`,
  "remediation_step.skip": (entry) => `skip ${stepOf(entry)}${because(entry.after)}`,
  "remediation_step.fail": (entry) => ({ says: `could not apply ${stepOf(entry)}${because(entry.after)}` }),
  "remediation_step.roll_back": (entry) => `roll back ${stepOf(entry)}`,
  "remediation_step.roll_back_failed": (entry) => ({
    says: `could not roll back ${stepOf(entry)}${because(entry.after)}`,
  }),
  "remediation_target.verify": ({ after }, object) =>
    `verify ${object}: ${words(text(after, "state") ?? "looked at")}`,
  "remediation_secret.keep": ({ after, object }) =>
    `keep secret “${text(after, "name") ?? "?"}” of plan ${shortId(object.id)}`,
  "remediation_secret.collect": ({ after, object }) =>
    `collect secret “${text(after, "name") ?? "?"}” of plan ${shortId(object.id)}`,
  "remediation_secret.destroy": ({ after, object }) =>
    `destroy secret “${text(after, "name") ?? "?"}” of plan ${shortId(object.id)}`,
  "sla_policy.set": () => "set how many days findings have until they are due",
  "organisation.create": (_, object) => `create ${object}`,
  "organisation.rename": () => "rename the organisation",
  "secrets.rotate": ({ object }) => `reseal secrets under the key ${object.id}`,
  "setup.issue-link": () => "issue a link to set Parapet up",
  "sandbox.start": () => "start the sandbox",
  "sandbox.remove": () => "remove the sandbox",
  "audit_report.schedule": () => "change when audit reports are made",
  "audit.set-back": () => ({ says: "noticed that an older state of the database was restored" }),
  "audit.foreign": ({ after }) => ({
    says: `sealed ${many(number(after, "entries") ?? 1, "entry", "entries")} that Parapet did not write`,
  }),
  "audit.anchor-lost": ({ after }) => ({
    says: `noticed that the anchor ${text(after, "anchor") ?? "?"} lost what was written to it`,
  }),
  "audit.broken": ({ after }) => ({
    says: `found ${many(number(after, "problems") ?? 1, "problem", "problems")} with the audit trail`,
  }),
  "audit.anchor-forged": ({ object }) => ({
    says: `noticed that the anchor ${object.id} holds what Parapet did not sign`,
  }),
  "audit.release": ({ after }) => ({
    says: `took ${many(number(after, "entries") ?? 0, "archived entry", "archived entries")} of ${text(after, "month")?.slice(0, 7) ?? "no month"} out of the database`,
  }),
  "audit_archive.write": ({ after }, object) =>
    `write ${object}${number(after, "entries") === null ? "" : ` of ${many(number(after, "entries") ?? 0, "entry", "entries")}`}`,
  "audit_archive.request": () => "request an archive of the trail",
  "audit_export.start": ({ after }) => `begin to export audit entries${formatOf(after)}`,
  "audit_export.finish": ({ after }) =>
    `export ${many(number(after, "entries") ?? 0, "audit entry", "audit entries")}${formatOf(after)}`,
  "stream.fail": ({ after }, object) => ({
    says: `gave up a delivery to ${object}${because(after)}`,
  }),
};

const formatOf = (after: Facts) => {
  const format = text(after, "format");
  return format === null ? "" : format === "csv" ? " as a table" : " with their proof";
};

const versionOf = (after: Facts) => {
  const version = number(after, "version");
  return version === null ? "" : `, version ${version}`;
};

const changeOf = ({ after }: Said, field: string): string | null => {
  const change = after?.change;
  const value =
    typeof change === "object" && change !== null
      ? Object.entries(change).find(([key]) => key === field)
      : null;
  return typeof value?.[1] === "string" ? value[1] : null;
};

function fieldsOf({ after }: Said): string {
  const fields = Object.keys(after ?? {}).filter((field) => field !== "followers" && field !== "name");
  if (Object.hasOwn(after ?? {}, "name")) fields.unshift("name");
  if (fields.length === 0) return "nothing that shows";
  const told = fields.map((field) =>
    nounOf(field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)),
  );
  return told.length === 1 ? `${told[0]}` : `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
}
