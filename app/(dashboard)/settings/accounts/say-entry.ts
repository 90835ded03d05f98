import type { HistoryEntry } from "#db/audit/queries.ts";

type Entry = Pick<HistoryEntry, "action" | "before" | "after">;

const fieldWords: Readonly<Record<string, string>> = {
  externalId: "the id",
  name: "the name",
  environment: "the environment",
  connection: "the connection",
  regions: "the regions",
  schedule: "the schedule",
  scheduleTimeZone: "the time zone",
  secrets: "which secrets there are",
  secretsReplaced: "secrets",
  autoConnect: "whether members connect by themselves",
  template: "how members are reached",
  scanSchedule: "the members' schedule",
};

const sentences: Readonly<Record<string, (entry: Entry) => string>> = {
  "account.connect": ({ after }) =>
    after?.source ? "connected it as a member of an organisation." : "connected it.",
  "account.edit": ({ after }) => `changed ${listFields(after)}.`,
  "account.reconnect": () => "changed how it is reached.",
  "account.disable": () => "disabled it.",
  "account.enable": () => "enabled it again.",
  "account.delete": () => "asked to delete it.",
  "account.test": ({ after }) =>
    `tested the ${after?.identity === "write" ? "write" : "read"} identity: ${sayTest(after)}.`,
  "account.set_write_identity": () => "set the identity that fixes are made with.",
  "account.remove_write_identity": () => "removed the identity that fixes were made with.",
  "account_source.connect": () => "connected it.",
  "account_source.edit": ({ after }) => `changed ${listFields(after)}.`,
  "account_source.request_sync": () => "asked to look for members.",
  "account_source.sync": ({ after }) => saySync(after),
};

/** What an entry of the trail says of the object whose page it stands on. */
export const sayEntry = (entry: Entry): string => sentences[entry.action]?.(entry) ?? `did ${entry.action}.`;

function listFields(after: Entry["after"]): string {
  const words = Object.keys(after ?? {})
    .filter((field) => field !== "followers")
    .map((field) => fieldWords[field] ?? field);
  if (words.length === 0) return "nothing that shows";
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function sayTest(after: Entry["after"]): string {
  if (!after?.reached) return "nobody was reached";
  const missing = Array.isArray(after.missing) ? after.missing : [];
  const permissions = missing.flatMap((group: unknown) =>
    typeof group === "object" && group !== null && "permissions" in group && Array.isArray(group.permissions)
      ? group.permissions
      : [],
  ).length;
  if (permissions === 0) return after.error ? "it could not be carried to its end" : "nothing was missing";
  return permissions === 1 ? "one permission was missing" : `${permissions} permissions were missing`;
}

function saySync(after: Entry["after"]): string {
  if (after?.error) return "looked for members, and could not.";
  const counts =
    typeof after?.counts === "object" && after.counts !== null ? Object.entries(after.counts) : [];
  const count = (name: string) => Number(counts.find(([each]) => each === name)?.[1] ?? 0);
  const news = [
    count("appeared") > 0 ? `${count("appeared")} appeared` : "",
    count("connected") > 0 ? `${count("connected")} were connected` : "",
    count("gone") > 0 ? `${count("gone")} are gone` : "",
  ].filter(Boolean);
  return `found ${count("members")} members${news.length > 0 ? `; ${news.join(", ")}` : ", none of them new"}.`;
}
