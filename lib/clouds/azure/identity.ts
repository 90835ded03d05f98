import { MalformedAnswer, namingFailures, required } from "#lib/inventory/answers.ts";
import type { RegionState } from "../session.ts";
import type { AzureSession } from "./azure-session.ts";
import { azureClients } from "./clients.ts";

export const subscriptionRead = "Microsoft.Resources/subscriptions/read";
export const locationsRead = "Microsoft.Resources/subscriptions/locations/read";
/** No permission, but what a login that failed was about. */
export const login = "oauth2/v2.0/token";

export type AzureSubscription = { subscriptionId: string; tenantId: string; name: string; state: string };

export type AzureIdentity = {
  tenantId: string;
  /** Whom the token speaks for, as far as it says. */
  principal: { objectId: string; appId: string | null; displayName: string | null };
  /** The subscription that was asked for; `null` for a directory. */
  subscription: AzureSubscription | null;
};

/**
 * Whose credentials these are, and the subscription that they reach. Throws what the provider said, for
 * `classifyAzureError`, within a `ListFailed` that names the permission.
 *
 * @param subscriptionId `null` asks for the directory alone.
 */
export async function whoIsAzure(
  session: AzureSession,
  subscriptionId: string | null,
  signal?: AbortSignal,
): Promise<AzureIdentity> {
  const tokens = subscriptionId === null ? session.tokens.graph : session.tokens.resourceManager;
  const identity = await namingFailures(login, async () => claimsIn((await tokens.get()).token));
  const subscription =
    subscriptionId === null ? null : await getSubscription(session, subscriptionId, signal);
  return { ...identity, subscription };
}

/** Reads the claims of an access token. Its signature is for the service that it is shown to. */
export function claimsIn(token: string): Omit<AzureIdentity, "subscription"> {
  const claims = parseClaims(token);
  const text = (name: string): string | null => {
    const value = claims[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  return {
    tenantId: required(text("tid"), "tid").toLowerCase(),
    principal: {
      objectId: required(text("oid"), "oid"),
      appId: text("appid") ?? text("azp"),
      displayName: text("app_displayname") ?? text("upn") ?? text("unique_name") ?? text("name"),
    },
  };
}

function parseClaims(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return { ...value };
  } catch (cause) {
    throw new MalformedAnswer("The token can't be read.", { cause });
  }
  throw new MalformedAnswer("The token can't be read.");
}

export const getSubscription = (
  session: AzureSession,
  id: string,
  abortSignal?: AbortSignal,
): Promise<AzureSubscription> =>
  namingFailures(subscriptionRead, async () =>
    subscriptionOf(await azureClients(session, id).subscriptions.subscriptions.get(id, { abortSignal })),
  );

/** Every subscription that the credentials can see. */
export const listSubscriptions = (
  session: AzureSession,
  abortSignal?: AbortSignal,
): Promise<AzureSubscription[]> =>
  namingFailures(subscriptionRead, async () => {
    const found: AzureSubscription[] = [];
    for await (const one of azureClients(session, "").subscriptions.subscriptions.list({ abortSignal })) {
      found.push(subscriptionOf(one));
    }
    return found;
  });

function subscriptionOf(answer: {
  subscriptionId?: string;
  tenantId?: string;
  displayName?: string;
  state?: string;
}): AzureSubscription {
  return {
    subscriptionId: required(answer.subscriptionId, "subscriptionId").toLowerCase(),
    tenantId: required(answer.tenantId, "tenantId").toLowerCase(),
    name: required(answer.displayName, "displayName"),
    state: required(answer.state, "state"),
  };
}

/** Every location that the subscription has. Azure has none that a subscription must enable first. */
export const listLocations = (session: AzureSession, id: string): Promise<RegionState[]> =>
  namingFailures(locationsRead, async () => {
    const found: RegionState[] = [];
    for await (const one of azureClients(session, id).subscriptions.subscriptions.listLocations(id)) {
      // Logical ones, such as `europe`, are no place where a resource lives.
      if (one.metadata?.regionType !== "Logical")
        found.push({ name: required(one.name, "name"), enabled: true });
    }
    if (found.length === 0) throw new MalformedAnswer("The subscription has no locations.");
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  });
