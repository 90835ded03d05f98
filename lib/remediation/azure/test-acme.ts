import type { ReachableAccount } from "#lib/clouds/session.ts";
import { armId } from "#lib/inventory/azure/arm.ts";
import type { Kind } from "#lib/inventory/model.ts";
import type { Target } from "#lib/remediation/model.ts";
import type { AzureEstate, Subscription } from "#sandbox/azure/model.ts";
import type { AzureAddress } from "#sandbox/azure/open.ts";
import {
  acmeRemediator,
  acmeSubscriptions,
  acmeTenant,
  buildAcmeAzure,
} from "#sandbox/estates/acme-azure.ts";
import { acmeAzureAccount } from "#sandbox/estates/acme-azure-connections.ts";
import type { Faults } from "#sandbox/faults.ts";
import { startSandbox } from "#sandbox/server.ts";

const [production, staging] = acmeSubscriptions;

export { acmeTenant, production, staging };

export type AcmeSandbox = {
  azure: AzureAddress;
  estate: AzureEstate;
  faults: Faults;
  /** An account by the application that writes. */
  writer(id: string): ReachableAccount;
  subscription(id: string): Subscription;
  /** A resource of a subscription by its name, as a target. Throws when there is none. */
  target(subscription: string, kind: Kind, type: string, name: string): Target;
  close(): Promise<void>;
};

/** Acme's Azure in a sandbox of its own. */
export async function startAcme(): Promise<AcmeSandbox> {
  const estate = buildAcmeAzure();
  const sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: estate,
  });
  const { azure } = sandbox;
  if (!azure) throw new Error("The sandbox has no Azure.");
  const subscription = (id: string): Subscription => {
    const found = estate.subscriptions.get(id);
    if (!found) throw new Error(`There is no subscription ${id}.`);
    return found;
  };
  return {
    azure,
    estate,
    faults: sandbox.faults,
    subscription,
    writer: (id) => acmeAzureAccount(azure, id, acmeRemediator),
    target: (id, kind, type, name) => {
      const found = subscription(id)
        .tree.ofType(type)
        .find((resource) => resource.name === name);
      if (!found) throw new Error(`There is no ${type} ${name}.`);
      return {
        uid: armId(found.id),
        kind,
        cloud: "azure",
        account: id,
        region: found.location ?? "global",
        name,
      };
    },
    close: () => sandbox.close(),
  };
}
