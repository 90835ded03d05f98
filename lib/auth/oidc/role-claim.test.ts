import { describe, expect, it } from "vitest";
import { mapRole, readClaim } from "./role-claim.ts";

describe("readClaim", () => {
  it.each([
    ["a list", { groups: ["a", "b"] }, "groups", ["a", "b"]],
    ["one value", { role: "admin" }, "role", ["admin"]],
    ["a flag", { is_admin: true }, "is_admin", ["true"]],
    ["a path", { realm_access: { roles: ["x"] } }, "realm_access.roles", ["x"]],
    [
      "a deep path",
      { resource_access: { parapet: { roles: ["x"] } } },
      "resource_access.parapet.roles",
      ["x"],
    ],
    ["a name with dots", { "https://example.com/roles": ["x"] }, "https://example.com/roles", ["x"]],
    ["a path below a name with dots", { "https://a.b/c": { roles: ["x"] } }, "https://a.b/c.roles", ["x"]],
    ["what isn't there", { groups: [] }, "roles", []],
    ["a path through a value", { groups: "a" }, "groups.roles", []],
    ["what is no value", { groups: [{ id: 1 }, null, "a"] }, "groups", ["a"]],
    ["what every object has", {}, "constructor.name", []],
    ["no claims", null, "groups", []],
  ])("reads %s", (_what, claims, path, values) => {
    expect(readClaim(claims, path)).toEqual(values);
  });
});

describe("mapRole", () => {
  const settings = {
    roleClaim: "groups",
    roles: [
      { value: "sec", role: "analyst" as const },
      { value: "root", role: "admin" as const },
    ],
  };
  it("takes the first match in the operator's order, whatever the claim's", () => {
    expect(mapRole(settings, { groups: ["root", "sec"] })).toBe("analyst");
    expect(mapRole(settings, { groups: ["root"] })).toBe("admin");
  });
  it("gives no role for what only resembles a value", () => {
    expect(mapRole(settings, { groups: ["SEC", "sec ", "secu"] })).toBeNull();
    expect(mapRole(settings, {})).toBeNull();
  });
});
