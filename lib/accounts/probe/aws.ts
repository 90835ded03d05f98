import {
  GetRoleCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { awsSession } from "#lib/clouds/aws/credentials.ts";
import { classifyAwsError } from "#lib/clouds/aws/errors.ts";
import { type AwsIdentity, whoAmI } from "#lib/clouds/aws/identity.ts";
import { emulatorKeysOf } from "#lib/clouds/aws/session.ts";
import { DomainError } from "#lib/errors.ts";
import { namingFailures, required } from "#lib/inventory/answers.ts";
import type { Connection } from "../connection.ts";
import type { Findings, Question } from "./model.ts";
import { tryCollectors } from "./try-collectors.ts";

/** How many actions are simulated at once; answers of more come in several pages. */
const actionsPerCall = 100;

/**
 * Asks AWS itself which actions the caller is allowed, by iam:SimulatePrincipalPolicy: that weighs its policies, its
 * permissions boundary and the organisation's service control policies, and knows nothing of policies on resources. Where
 * the caller may not simulate, every collector is tried instead.
 */
export async function probeAws(
  connection: Connection["aws"],
  question: Question,
  findings: Findings,
): Promise<void> {
  const { externalId, signal } = question;
  const session = awsSession(connection, { sourceKeys: emulatorKeysOf(connection.endpointUrl) });
  try {
    if (connection.type === "assume_role")
      await namingFailures("sts:AssumeRole", () => session.credentials.provide());
    const identity = await namingFailures("sts:GetCallerIdentity", () => whoAmI(session, signal));
    if (externalId !== null && identity.account !== externalId) {
      throw new DomainError(
        "unavailable",
        `The credentials reach account ${identity.account}, not ${externalId}.`,
      );
    }
    const { iam } = awsClients(session, "global");
    const accountName = await readAlias(iam, signal);
    findings.reached = { identity: identity.arn, externalId: identity.account, accountName };
    if (await simulate(iam, connection, identity, question, findings)) return;
  } finally {
    session.close();
  }
  await tryCollectors({ cloud: "aws", level: "account", externalId, connection }, question, findings);
}

/** The account's alias; `null` when it has none or doesn't tell. */
async function readAlias(iam: IAMClient, abortSignal: AbortSignal): Promise<string | null> {
  try {
    const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}), { abortSignal });
    return AccountAliases?.[0] ?? null;
  } catch (error) {
    if (abortSignal.aborted || classifyAwsError(error) === null) throw error;
    return null;
  }
}

/** Whether AWS could be asked. */
async function simulate(
  iam: IAMClient,
  connection: Connection["aws"],
  identity: AwsIdentity,
  { signal }: Question,
  findings: Findings,
): Promise<boolean> {
  const { permissions } = findings;
  // Nothing but the organisation's policies binds a root user, and it can't be simulated.
  if (identity.arn.endsWith(":root")) return false;
  const principal = await principalOf(iam, connection, identity, signal);
  if (principal === null) return false;
  try {
    for (let from = 0; from < permissions.length; from += actionsPerCall) {
      await simulateActions(iam, principal, permissions.slice(from, from + actionsPerCall), findings, signal);
    }
  } catch (error) {
    if (signal.aborted || classifyAwsError(error) === null) throw error;
    return false;
  }
  findings.method = "exact";
  return true;
}

async function simulateActions(
  iam: IAMClient,
  principal: string,
  ActionNames: string[],
  findings: Findings,
  abortSignal: AbortSignal,
): Promise<void> {
  let Marker: string | undefined;
  do {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: principal, ActionNames, Marker }),
      { abortSignal },
    );
    for (const result of required(answer.EvaluationResults, "EvaluationResults")) {
      const action = required(result.EvalActionName, "EvalActionName");
      const isAllowed =
        result.EvalDecision === "allowed" &&
        result.OrganizationsDecisionDetail?.AllowedByOrganizations !== false;
      if (isAllowed) findings.hold([action]);
      // A condition on something that the simulation isn't told of: it may hold when the call is made.
      else if (!result.MissingContextValues?.length) findings.lack([action]);
    }
    Marker = answer.IsTruncated ? required(answer.Marker, "Marker") : undefined;
  } while (Marker !== undefined);
}

/** The user or role whose policies count; a session's ARN lacks its role's path. `null` for what can't be simulated. */
async function principalOf(
  iam: IAMClient,
  connection: Connection["aws"],
  { arn }: AwsIdentity,
  abortSignal: AbortSignal,
): Promise<string | null> {
  if (connection.type === "assume_role") return connection.roleArn;
  if (arn.includes(":user/")) return arn;
  const RoleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (RoleName === undefined) return null;
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }), { abortSignal });
    return Role?.Arn ?? null;
  } catch (error) {
    if (abortSignal.aborted || classifyAwsError(error) === null) throw error;
    return null;
  }
}
