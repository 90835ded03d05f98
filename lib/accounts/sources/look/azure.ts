import { azureSession } from "#lib/clouds/azure/azure-session.ts";
import { listSubscriptions } from "#lib/clouds/azure/identity.ts";
import type { Look, Member } from "./look-for-members.ts";

/** Subscriptions in these states can be read; those past due or warned only await a payment. */
const readable = new Set(["Enabled", "PastDue", "Warned"]);

/**
 * The subscriptions that the credentials can see, and the directory that they belong to. Those of other tenants, which
 * Azure Lighthouse shows as well, are reached from there.
 */
export const lookAtAzure: Look<"azure"> = async (connection, secrets, signal) => {
  const session = azureSession(connection, secrets);
  try {
    const all = await listSubscriptions(session, signal);
    const mine = all.filter(
      ({ tenantId, state }) =>
        state !== "Deleted" && (connection.tenantId === undefined || tenantId === connection.tenantId),
    );
    const tenants = new Set(mine.map(({ tenantId }) => tenantId));
    const directories = [...tenants].map(
      (tenantId): Member => ({
        externalId: tenantId,
        level: "directory",
        name: tenants.size === 1 ? "Microsoft Entra ID" : `Microsoft Entra ID ${tenantId.slice(0, 8)}`,
        state: "active",
      }),
    );
    const subscriptions = mine.map(
      ({ subscriptionId, name, state }): Member => ({
        externalId: subscriptionId,
        level: "account",
        name,
        state: readable.has(state) ? "active" : "suspended",
      }),
    );
    return { own: null, members: [...directories, ...subscriptions] };
  } finally {
    session.close();
  }
};
