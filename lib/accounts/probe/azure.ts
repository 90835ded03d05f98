import type { AzureSession } from "#lib/clouds/azure/azure-session.ts";
import { azureSession } from "#lib/clouds/azure/azure-session.ts";
import { azureClients } from "#lib/clouds/azure/clients.ts";
import { classifyAzureError } from "#lib/clouds/azure/errors.ts";
import { listSubscriptions, login, whoIsAzure } from "#lib/clouds/azure/identity.ts";
import { DomainError } from "#lib/errors.ts";
import { namingFailures } from "#lib/inventory/answers.ts";
import type { Connection } from "../connection.ts";
import { type Grant, isAllowedByAny, readGrant } from "./azure-grants.ts";
import { graphPermissionsIn, impliedBy } from "./graph-permissions.ts";
import type { Findings, Question } from "./model.ts";
import { tryCollectors } from "./try-collectors.ts";

/**
 * Asks Azure which actions the caller is granted: in a subscription, the grants of its role assignments, wildcards and
 * exceptions included (deny assignments are not told of); in a directory, the permissions named in its token.
 */
export async function probeAzure(
  connection: Connection["azure"],
  question: Question,
  findings: Findings,
): Promise<void> {
  const session = azureSession(connection, question.secrets);
  let subscription: string | null = null;
  try {
    if (question.level === "directory") await probeDirectory(session, question, findings);
    else subscription = await probeSubscription(session, question, findings);
  } finally {
    session.close();
  }
  // Azure told nothing of the grants.
  if (subscription === null || findings.method !== null) return;
  const account = {
    cloud: "azure" as const,
    level: "account" as const,
    externalId: subscription,
    connection,
  };
  await tryCollectors(account, question, findings);
}

const nameOf = ({
  displayName,
  appId,
  objectId,
}: {
  displayName: string | null;
  appId: string | null;
  objectId: string;
}) => (displayName ? `${displayName} (${appId ?? objectId})` : (appId ?? objectId));

/** Returns the subscription's id. */
async function probeSubscription(
  session: AzureSession,
  { externalId, signal }: Question,
  findings: Findings,
): Promise<string> {
  const id = externalId ?? (await onlySubscription(session, signal));
  const { principal, subscription } = await whoIsAzure(session, id, signal);
  findings.reached = { identity: nameOf(principal), externalId: id, accountName: subscription?.name ?? null };
  const path = `/subscriptions/${id}/providers/Microsoft.Authorization/permissions`;
  const pages = azureClients(session, id).authorizationReader.list(path, {
    apiVersion: "2022-04-01",
    signal,
  });
  try {
    const grants: Grant[] = [];
    for await (const page of pages.byPage()) grants.push(...page.map(readGrant));
    findings.method = "exact";
    const isHeld = (action: string) => isAllowedByAny(grants, action);
    findings.hold(findings.permissions.filter(isHeld));
    findings.lack(findings.permissions.filter((action) => !isHeld(action)));
  } catch (error) {
    if (signal.aborted || classifyAzureError(error) === null) throw error;
  }
  return id;
}

async function onlySubscription(session: AzureSession, signal: AbortSignal): Promise<string> {
  const [first, ...others] = await listSubscriptions(session, signal);
  if (!first) throw new DomainError("unavailable", "The credentials reach no subscription.");
  if (others.length > 0) {
    throw new DomainError(
      "unavailable",
      `The credentials reach ${others.length + 1} subscriptions. Say which one.`,
    );
  }
  return first.subscriptionId;
}

async function probeDirectory(
  session: AzureSession,
  { externalId, signal }: Question,
  findings: Findings,
): Promise<void> {
  const { tenantId, principal } = await whoIsAzure(session, null, signal);
  if (externalId !== null && tenantId !== externalId) {
    throw new DomainError("unavailable", `The credentials reach tenant ${tenantId}, not ${externalId}.`);
  }
  findings.reached = { identity: nameOf(principal), externalId: tenantId, accountName: null };
  const token = await namingFailures(login, async () => (await session.tokens.graph.get()).token);
  const granted = graphPermissionsIn(token);
  // A person's token names what the application may do for them; what they may do themselves isn't in it.
  if (granted === null) return;
  findings.method = "exact";
  const held = new Set(granted.flatMap(impliedBy));
  findings.hold(findings.permissions.filter((permission) => held.has(permission)));
  findings.lack(findings.permissions.filter((permission) => !held.has(permission)));
}
