import { describe, expect, it } from "vitest";
import type { AzureEstate } from "#sandbox/azure/model.ts";
import {
  acmeScanner,
  acmeSubscriptions,
  acmeTenant,
  buildAcmeAzure,
  countAzureResources,
} from "./acme-azure.ts";

const now = new Date("2026-01-31T12:00:00Z");
const resourcesOf = ({ subscriptions }: AzureEstate) =>
  [...subscriptions.values()].flatMap(({ tree }) => [...tree.all()]);

describe("Acme in Azure", () => {
  it("is the same for the same options", () => {
    const [one, other] = [buildAcmeAzure({ now }), buildAcmeAzure({ now })];
    expect(resourcesOf(one)).toEqual(resourcesOf(other));
    const graph = (estate: AzureEstate) => [...(estate.tenants.get(acmeTenant.id)?.graph ?? [])];
    expect(graph(one)).toEqual(graph(other));
  });

  it("only grows with its scale", () => {
    const small = buildAcmeAzure({ now });
    const large = buildAcmeAzure({ now, scale: 3 });
    const byId = new Map(resourcesOf(large).map((resource) => [resource.id, resource]));
    const isStory = ({ type }: { type: string }) => /storageAccounts|vaults/.test(type);
    for (const resource of resourcesOf(small).filter(isStory)) {
      expect(byId.get(resource.id)).toEqual(resource);
    }
    const [few, many] = [countAzureResources(small), countAzureResources(large)];
    expect(Object.keys(many).sort()).toEqual(Object.keys(few).sort());
    expect(many["Microsoft.Storage/storageAccounts"]).toBeGreaterThan(
      2 * (few["Microsoft.Storage/storageAccounts"] ?? 0),
    );
    // A subscription has its vaults once.
    expect(many["Microsoft.KeyVault/vaults"]).toBe(few["Microsoft.KeyVault/vaults"]);
  });

  it("names its resources as Azure would, each in a group that is there", () => {
    const estate = buildAcmeAzure({ now });
    for (const { tree, id } of estate.subscriptions.values()) {
      for (const resource of tree.all()) {
        // What belongs to the whole tenant, such as built-in roles, is in no subscription.
        const isShared = /^\/providers\//i.test(resource.id);
        expect(isShared || resource.id.startsWith(`/subscriptions/${id}/`), resource.id).toBe(true);
        expect(resource.id.endsWith(`/${resource.name}`), resource.id).toBe(true);
        const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/.exec(resource.id)?.[0];
        if (group) expect(tree.get(group)).not.toBeNull();
      }
      for (const { name } of tree.ofType("Microsoft.Storage/storageAccounts")) {
        expect(name).toMatch(/^[a-z0-9]{3,24}$/);
      }
    }
  });

  it("lets its scanner read both subscriptions and change nothing", () => {
    const principal = buildAcmeAzure({ now }).tenants.get(acmeTenant.id)?.principals.get(acmeScanner.appId);
    expect([...(principal?.access.keys() ?? [])]).toEqual(acmeSubscriptions.map(({ id }) => id));
    for (const { actions } of principal?.access.values() ?? []) {
      expect(actions.filter((action) => /write|delete|^\*$/i.test(action))).toEqual([]);
    }
  });
});
