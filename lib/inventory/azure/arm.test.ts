import { expect, it } from "vitest";
import { armId, armResource, referredId, regionOf, resourceGroupOf, subscriptionUid } from "./arm.ts";

const subscription = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";

it("spells ids in one way", () => {
  const id = `/subscriptions/${subscription}/resourceGroups/acme-prod/providers/Microsoft.Compute/virtualMachines/Web-01`;
  expect(armId(id)).toBe(id);
  expect(
    armId(
      `/SUBSCRIPTIONS/${subscription.toUpperCase()}/resourcegroups/ACME-PROD/Providers/Microsoft.Compute/virtualMachines/Web-01`,
    ),
  ).toBe(id);
  expect(armId(`/subscriptions/${subscription.toUpperCase()}`)).toBe(`/subscriptions/${subscription}`);
  expect(armId("/providers/Microsoft.Management/managementGroups/Root")).toBe(
    "/providers/Microsoft.Management/managementGroups/Root",
  );
});

it("keeps the case of names, those that look like fixed words included", () => {
  const id = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Sql/servers/Providers/databases/ResourceGroups`;
  expect(armId(id)).toBe(id);
});

it("takes nothing else for an id", () => {
  for (const id of [undefined, null, "", "vm-1", "/", "subscriptions/x/resourceGroups/y"])
    expect(() => armId(id)).toThrow("The answer");
});

it("tells a reference that is not there from one that says nothing", () => {
  expect(referredId(undefined)).toBeNull();
  expect(referredId(null)).toBeNull();
  expect(() => referredId({}, "subnet.id")).toThrow("The answer has no subnet.id.");
});

it("reads parts of ids", () => {
  expect(resourceGroupOf(`/subscriptions/${subscription}/resourceGroups/acme-prod/providers/x/y/z`)).toBe(
    "acme-prod",
  );
  expect(() => resourceGroupOf(`/subscriptions/${subscription}/providers/x`)).toThrow(
    "The answer has no resource group.",
  );
  expect(regionOf("West Europe")).toBe("westeurope");
  expect(regionOf(undefined)).toBe("global");
  expect(subscriptionUid({ account: subscription }, "Microsoft.Security")).toBe(
    `/subscriptions/${subscription}/providers/Microsoft.Security`,
  );
});

it("reads what every resource has", () => {
  const id = `/subscriptions/${subscription}/resourceGroups/RG/providers/Microsoft.Network/virtualNetworks/hub`;
  expect(
    armResource(
      { account: subscription },
      { id, name: "hub", location: "West Europe", tags: { team: "core" } },
    ),
  ).toEqual({
    uid: id.replace("RG", "rg"),
    account: subscription,
    region: "westeurope",
    name: "hub",
    tags: { team: "core" },
  });
  expect(armResource({ account: subscription }, { id })).toMatchObject({
    name: "hub",
    region: "global",
    tags: {},
  });
});
