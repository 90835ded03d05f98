import { expect, it } from "vitest";
import { clouds } from "#lib/inventory/model.ts";
import { operations } from "#lib/remediation/catalogue.ts";
import { planningPermissions, readPermissions, sorted } from "./permissions.ts";

it.each(clouds)("planning takes of %s what scans do, and what is named beside, and no more", (cloud) => {
  const scanned = (["account", "directory"] as const).flatMap((level) =>
    level === "directory" && cloud !== "azure"
      ? []
      : readPermissions({ cloud, level }).flatMap(({ permissions }) => permissions),
  );
  const read = operations.filter((operation) => operation.cloud === cloud).flatMap(({ reads }) => reads);
  const beyond = sorted(read.filter((permission) => !scanned.includes(permission)));
  expect(planningPermissions[cloud]).toEqual(beyond);
});
