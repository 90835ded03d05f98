import { expect, test } from "vitest";
import { arrangeEntries, type Entry } from "./entries.ts";
import type { SearchResults } from "./search-results.ts";

const all = { scan: true, manageAccounts: true, manageUsers: true, readTrail: true };
const none = { scan: false, manageAccounts: false, manageUsers: false, readTrail: false };
const recent: Entry[] = [{ id: "r", title: "Yesterday's", href: "/findings?finding=fnd_1" }];
const found: SearchResults = {
  accounts: [{ id: "acc_1", name: "scanner", externalId: "111122223333", cloud: "aws" }],
  checks: [],
  resources: [],
  findings: [
    { id: "fnd_1", title: "Bucket is public", severity: "high", resource: "scan-data", account: "scanner" },
  ],
};
const titles = (groups: ReturnType<typeof arrangeEntries>) =>
  groups.map(({ title, entries }) => [title, ...entries.map((entry) => entry.title)]);

test("without words the recent and the near at hand are listed", () => {
  const groups = arrangeEntries(" ", all, recent, undefined);
  expect(groups.map(({ title }) => title)).toEqual(["Recent", "Go to", "Do"]);
  expect(groups[1]?.entries.map(({ title }) => title)).toContain("Findings");
});

test("words pick pages, commands and what was found", () => {
  expect(titles(arrangeEntries("scan", all, recent, found))).toEqual([
    ["Go to", "Scans"],
    ["Do", "Scan all accounts now"],
    ["Accounts", "scanner"],
    ["Open findings", "Bucket is public"],
  ]);
});

test("nobody is offered what the role may not do", () => {
  for (const words of ["scan all", "connect an account", "users", "audit integrity"]) {
    expect(titles(arrangeEntries(words, none, recent, undefined))).toEqual([]);
    expect(titles(arrangeEntries(words, all, recent, undefined))).toHaveLength(1);
  }
});
