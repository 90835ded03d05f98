import { roleWords } from "#components/users/role-words.ts";
import type { HistoryEntry } from "#db/audit/queries.ts";
import { roles } from "#db/identity/roles.ts";

type Entry = Pick<HistoryEntry, "action" | "before" | "after">;

const roleOf = (values: Entry["after"]): string => {
  const role = roles.find((each) => each === values?.role);
  return role ? roleWords[role].title.toLowerCase() : "somebody";
};

const sessionsOf = (values: Entry["after"]): string => {
  const ended = Number(values?.sessionsEnded ?? 0);
  if (ended === 0) return ".";
  return ended === 1 ? "; one session ended." : `; ${ended} sessions ended.`;
};

const sentences: Readonly<Record<string, (entry: Entry) => string>> = {
  "user.create": ({ after }) => `made this user, as ${roleOf(after)}.`,
  "user.invite": ({ after }) => `invited them, as ${roleOf(after)}.`,
  "user.resend_invitation": () => "made a new invitation.",
  "user.create_password_reset": () => "made a link to reset the password.",
  "user.cancel_link": ({ before }) =>
    before?.kind === "invitation" ? "took the invitation back." : "took back the link to reset the password.",
  "user.set_password": ({ after }) =>
    after?.by === "invitation"
      ? "took the invitation and set a password."
      : `set another password by the link${sessionsOf(after)}`,
  "user.refuse_password_change": () => "gave a wrong password when changing theirs.",
  "user.change_password": ({ after }) => `changed their password${sessionsOf(after)}`,
  "user.change_role": ({ before, after }) => `changed the role from ${roleOf(before)} to ${roleOf(after)}.`,
  "user.set_visibility": ({ after }) =>
    after?.seesAllAccounts ? "let them see every account." : `let them see ${sayCount(after)}.`,
  "user.rename": () => "changed the name.",
  "user.disable": ({ after }) => `disabled them${sessionsOf(after)}`,
  "user.enable": () => "enabled them again.",
  "user.update": ({ before, after }) =>
    before?.role === after?.role
      ? "took over name or address from the identity provider."
      : `took over the role of ${roleOf(after)} from the identity provider.`,
  "person.erase": () => "erased this person.",
  "user.link": () => "tied them to who they are at the identity provider.",
  "session.refuse": () => "refused a sign-in.",
};

function sayCount(after: Entry["after"]): string {
  const accounts = Number(after?.accounts ?? 0);
  if (accounts === 0) return "no account";
  return accounts === 1 ? "one account" : `${accounts} accounts`;
}

/** What an entry of the trail says of the user on whose page it stands. */
export const sayUserEntry = (entry: Entry): string =>
  sentences[entry.action]?.(entry) ?? `did ${entry.action}.`;
