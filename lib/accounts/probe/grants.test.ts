import { describe, expect, it } from "vitest";
import { covers, isAllowedByAny, readGrant } from "./azure-grants.ts";
import { graphPermissionsIn, impliedBy } from "./graph-permissions.ts";

const read = "Microsoft.Storage/storageAccounts/read";

it.each([
  ["*", read, true],
  ["*/read", read, true],
  ["microsoft.storage/STORAGEACCOUNTS/read", read, true],
  ["Microsoft.Storage/*", read, true],
  ["Microsoft.Storage/*/read", read, true],
  ["Microsoft.Storage/*/read", "Microsoft.Storage/read", false],
  ["*/storageAccounts/*", read, true],
  ["*/storageAccounts/*/read", read, false],
  ["Microsoft.Storage/storageAccounts", read, false],
  ["Microsoft.Storage/storageAccounts/rea", read, false],
  ["*/write", read, false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*b", "ab", false],
  ["", read, false],
])("%s covers %s: %s", (pattern, action, expected) => {
  expect(covers(pattern, action)).toBe(expected);
});

it("an exception takes from its own grant alone", () => {
  const reader = { actions: ["*/read"], notActions: ["Microsoft.Storage/*"] };
  const auditor = { actions: ["Microsoft.Storage/storageAccounts/read"], notActions: [] };
  expect(isAllowedByAny([reader], read)).toBe(false);
  expect(isAllowedByAny([reader, auditor], read)).toBe(true);
  expect(isAllowedByAny([reader, auditor], "Microsoft.Storage/storageAccounts/blobServices/read")).toBe(
    false,
  );
  expect(isAllowedByAny([], read)).toBe(false);
});

it("an answer that is none is not read as no grant", () => {
  expect(readGrant({ actions: ["*"] })).toEqual({ actions: ["*"], notActions: [] });
  expect(() => readGrant({ actions: "*" })).toThrow("The answer's actions is no list.");
  expect(() => readGrant({ actions: [1] })).toThrow("holds what is no action");
});

describe("a token of Microsoft Graph", () => {
  const tokenOf = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

  it("names an application's permissions, and none of a person's", () => {
    expect(graphPermissionsIn(tokenOf({ roles: ["Policy.Read.All"] }))).toEqual(["Policy.Read.All"]);
    expect(graphPermissionsIn(tokenOf({ appid: "x" }))).toEqual([]);
    expect(graphPermissionsIn(tokenOf({ scp: "User.Read" }))).toBeNull();
    expect(() => graphPermissionsIn("opaque")).toThrow("The token can't be read.");
  });

  it("lets what includes another permission stand for it", () => {
    expect(impliedBy("Policy.Read.All")).toContain("Policy.Read.All");
    expect(impliedBy("User.ReadWrite.All")).toContain("User.Read.All");
    expect(impliedBy("Directory.Read.All")).toContain("User.Read.All");
    expect(impliedBy("Directory.Read.All")).not.toContain("Policy.Read.All");
  });
});
