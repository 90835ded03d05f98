import { expect, it } from "vitest";
import { readRolePermissions } from "#lib/roles/permissions.ts";
import { type RolePermissions, roleFiles } from "./role-files.ts";

const permissions: RolePermissions = {
  aws: readRolePermissions("aws"),
  azure: { account: readRolePermissions("azure"), directory: readRolePermissions("azure", "directory") },
  gcp: readRolePermissions("gcp"),
};
const ways = (
  ...[cloud, level, values]: [
    Parameters<typeof roleFiles>[0],
    Parameters<typeof roleFiles>[1],
    Record<string, string>,
  ]
) => roleFiles(cloud, level, values, permissions);

it("offers for each cloud what it has, the best first", () => {
  expect(ways("aws", "account", {}).map(({ id }) => id)).toEqual(["cloudformation", "terraform", "policy"]);
  expect(ways("azure", "account", {}).map(({ id }) => id)).toEqual(["custom-role", "terraform"]);
  expect(ways("azure", "directory", {}).map(({ id }) => id)).toEqual(["graph"]);
  expect(ways("gcp", "account", {}).map(({ id }) => id)).toEqual(["custom-role", "terraform"]);
});

it("gives the role the external id that the form has", () => {
  const [cloudFormation, terraform] = ways("aws", "account", { externalId: " parapet-1 " });
  const template = JSON.parse(cloudFormation?.files[0]?.text ?? "");
  expect(template.Parameters.ExternalId.Default).toBe("parapet-1");
  expect(terraform?.files[0]?.text).toContain('"parapet-1"');
  expect(
    JSON.parse(ways("aws", "account", {})[0]?.files[0]?.text ?? "").Parameters.ExternalId,
  ).not.toHaveProperty("Default");
});

it("names every permission in one file or another, under names of their own", () => {
  for (const [cloud, level, all] of [
    ["aws", "account", permissions.aws],
    ["azure", "account", permissions.azure.account],
    ["gcp", "account", permissions.gcp],
  ] as const) {
    for (const way of ways(cloud, level, {})) {
      const text = way.files.map((file) => file.text).join("\n");
      expect(
        all.filter((permission) => !text.includes(permission)),
        `${cloud} ${way.id}`,
      ).toEqual([]);
      expect(new Set(way.files.map(({ name }) => name)).size).toBe(way.files.length);
    }
  }
});

it("asks the directory for Graph permissions alone", () => {
  const [way] = ways("azure", "directory", {});
  const lines = way?.files[0]?.text.trim().split("\n") ?? [];
  expect(lines).toEqual(permissions.azure.directory);
  expect(lines.filter((line) => line.includes("/"))).toEqual([]);
});

it("writes the project that the service account is in into the commands", () => {
  const [way] = ways("gcp", "account", { serviceAccount: "parapet@my-project.iam.gserviceaccount.com" });
  expect(way?.steps[0]?.command).toContain("--project=my-project");
  expect(ways("gcp", "account", {})[0]?.steps[0]?.command).toContain("--project=PROJECT");
});
