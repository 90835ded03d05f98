import { describe, expect, it } from "vitest";
import type { AccountView } from "#db/accounts/queries.ts";
import { arrangeAccounts, countAccounts, pageOf, sayAccounts } from "./arrange-accounts.ts";
import { accountsHref } from "./hrefs.ts";
import { parseAccountsSearch } from "./search-params.ts";

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const account = (name: string, more: Partial<AccountView> = {}): AccountView => ({
  id: `acc_${name}`,
  cloud: "aws",
  level: "account",
  externalId: `id-of-${name}`,
  name,
  environment: null,
  sandbox: false,
  connectionType: "assume_role",
  hasWriteIdentity: false,
  regions: null,
  schedule: null,
  scheduleTimeZone: "UTC",
  createdAt: "2026-01-01T00:00:00.000Z",
  disabledAt: null,
  revision: 1,
  source: null,
  membership: null,
  lastScan: null,
  unreadKinds: 0,
  findings: none,
  readTest: null,
  writeTest: null,
  deletion: null,
  health: "good",
  ...more,
});
const all = [
  account("calm"),
  account("off", { health: "disabled", cloud: "gcp" }),
  account("blind", { health: "unreachable", environment: "Production" }),
  account("busy", { findings: { ...none, critical: 1 } }),
  account("noisy", { findings: { ...none, high: 900 }, cloud: "azure" }),
];
const names = (query: Record<string, string>) =>
  arrangeAccounts(all, parseAccountsSearch(query)).map(({ name }) => name);

describe("the list", () => {
  it("has what needs a person first, the gravest of those first", () => {
    expect(names({})).toEqual(["blind", "busy", "noisy", "calm", "off"]);
    expect(names({ sort: "findings" })).toEqual(["busy", "noisy", "blind", "calm", "off"]);
    expect(names({ sort: "name" })).toEqual(["blind", "busy", "calm", "noisy", "off"]);
  });

  it("is narrowed by words, cloud and health", () => {
    expect(names({ q: "PROD" })).toEqual(["blind"]);
    expect(names({ q: "id-of b" })).toEqual(["blind", "busy"]);
    expect(names({ cloud: "azure" })).toEqual(["noisy"]);
    expect(names({ health: "disabled" })).toEqual(["off"]);
  });

  it("reads what makes no sense as if it were absent", () => {
    expect(parseAccountsSearch({ cloud: "oracle", health: "fine", sort: "colour", q: ["a", "b"] })).toEqual({
      q: "a",
      sort: "attention",
    });
  });

  it("comes in pages", () => {
    const many = Array.from({ length: 230 }, (_, at) => account(String(at)));
    const first = pageOf(many, undefined);
    expect({ ...first, shown: first.shown.length }).toEqual({ shown: 100, before: 0, next: "acc_99" });
    const last = pageOf(many, "acc_199");
    expect({ ...last, shown: last.shown.length }).toEqual({ shown: 30, before: 200, next: null });
    expect(pageOf(many, "acc_gone").before).toBe(0);
    expect(pageOf([], undefined)).toEqual({ shown: [], before: 0, next: null });
  });

  it("has an address of its own for each way to look at it, and begins anew when that changes", () => {
    const search = parseAccountsSearch({ q: "a b", cloud: "gcp", after: "acc_1" });
    expect(accountsHref(search)).toBe("/settings/accounts?q=a+b&cloud=gcp");
    expect(accountsHref(search, { after: "acc_2" })).toBe("/settings/accounts?q=a+b&cloud=gcp&after=acc_2");
    expect(accountsHref(search, { q: "", cloud: undefined })).toBe("/settings/accounts");
  });
});

describe("the sentence over it", () => {
  it.each([
    [["good"], "It is read whole."],
    [["good", "good"], "All of them are read whole."],
    [["unreachable", "good"], "1 can't be got into; the others are read whole."],
    [["gaps", "unscanned", "unscanned"], "1 can't be read whole and 2 have not been scanned yet."],
    [
      ["unreachable", "gaps", "disabled", "good"],
      "1 can't be got into, 1 can't be read whole and 1 is disabled; the others are read whole.",
    ],
  ] as const)("of %j says %s", (healths, sentence) => {
    expect(sayAccounts(healths.map((health) => ({ health })))).toBe(sentence);
  });
});

it("counts by cloud and by health", () => {
  expect(countAccounts(all)).toEqual({
    clouds: { aws: 3, gcp: 1, azure: 1 },
    healths: { good: 3, disabled: 1, unreachable: 1 },
  });
});
