/** Security Token Service: who is calling, and temporary credentials for who may have them. */
import { createHash, randomBytes } from "node:crypto";
import * as stsSdk from "@aws-sdk/client-sts";
import { AwsError, type Call, type Principal, type Service } from "../model.ts";
import type { Operations } from "./operations.ts";

/**
 * What STS knows of an account's roles, kept as `account.state.get("sts")`: by role name, who may assume it.
 * A trusted principal is `*`, an account's id, its root (`arn:aws:iam::<id>:root`), or a user's or role's ARN.
 */
export type RoleTrusts = Map<string, RoleTrust>;
export type RoleTrust = {
  trustedPrincipals: string[];
  /** Demanded of the caller; `null` when the role's trust policy asks for none. */
  externalId: string | null;
};

export const stsHandlers = {
  AssumeRole: (input, call) => {
    const { RoleArn = "", RoleSessionName = "", DurationSeconds = 3600 } = input;
    checkSessionName(RoleSessionName);
    checkDuration(DurationSeconds, 900, 43_200);
    const [, account = "", path = ""] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(RoleArn) ?? [];
    const roleName = path.slice(path.lastIndexOf("/") + 1);
    const trust = roleTrusts(call, account)?.get(roleName);
    // AWS does not tell a role that is missing from one that does not trust the caller.
    if (!trust || !isTrusted(call.principal, trust) || !hasExternalId(input.ExternalId, trust)) {
      const message = `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
      throw new AwsError("AccessDenied", message, 403);
    }
    const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${RoleSessionName}`;
    return {
      Credentials: issueCredentials(call, { account, arn }, DurationSeconds),
      AssumedRoleUser: {
        Arn: arn,
        AssumedRoleId: `${uniqueId("AROA", withoutRolePath(RoleArn))}:${RoleSessionName}`,
      },
      PackedPolicySize: 0,
    };
  },
  GetCallerIdentity: (_input, { principal }) => ({
    UserId: userId(principal),
    Account: principal.account,
    Arn: principal.arn,
  }),
  GetSessionToken: (input, call) => {
    const { DurationSeconds = 43_200 } = input;
    checkDuration(DurationSeconds, 900, 129_600);
    const { account, arn } = call.principal;
    if (arn.includes(":assumed-role/")) {
      throw new AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials", 403);
    }
    return { Credentials: issueCredentials(call, { account, arn }, DurationSeconds) };
  },
} satisfies Operations<typeof stsSdk>;

export const stsService: Service = { sdk: { ...stsSdk }, signingName: "sts", handlers: stsHandlers };

function roleTrusts(call: Call, account: string): RoleTrusts | undefined {
  return call.estate.accounts.get(account)?.state.get("sts") as RoleTrusts | undefined;
}

function isTrusted(principal: Principal, { trustedPrincipals }: RoleTrust): boolean {
  const names = new Set(["*", principal.account, `arn:aws:iam::${principal.account}:root`, principal.arn]);
  // A session is trusted as the role it comes from.
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal.arn);
  if (session) names.add(`arn:aws:iam::${session[1]}:role/${session[2]}`);
  return trustedPrincipals.some((trusted) => names.has(withoutRolePath(trusted)));
}

/** A session's ARN does not carry its role's path. */
function withoutRolePath(arn: string): string {
  return arn.replace(/:role\/.+\//, ":role/");
}

function hasExternalId(given: string | undefined, trust: RoleTrust): boolean {
  return trust.externalId === null || trust.externalId === given;
}

function checkSessionName(name: string): void {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return;
  throw invalid(name, "roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}");
}

function checkDuration(seconds: number, min: number, max: number): void {
  if (seconds < min)
    throw invalid(seconds, "durationSeconds", `Member must have value greater than or equal to ${min}`);
  if (seconds > max)
    throw invalid(seconds, "durationSeconds", `Member must have value less than or equal to ${max}`);
}

function invalid(value: string | number, member: string, constraint: string): AwsError {
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  return new AwsError("ValidationError", message, 400);
}

function issueCredentials(call: Call, holder: { account: string; arn: string }, durationSeconds: number) {
  const { credentials } = call.estate;
  for (const [key, { expiresAt }] of credentials) {
    // Expired ones stay a day, so that their holders are told so rather than that the key is unknown.
    if (expiresAt && expiresAt.getTime() < call.now.getTime() - 86_400_000) credentials.delete(key);
  }
  const accessKeyId = `ASIA${toBase32(randomBytes(16))}`;
  const secretAccessKey = randomBytes(30).toString("base64");
  const sessionToken = randomBytes(160).toString("base64");
  // Whole seconds, as the wire carries them.
  const expiresAt = new Date(Math.floor(call.now.getTime() / 1000 + durationSeconds) * 1000);
  credentials.set(accessKeyId, {
    secretAccessKey,
    sessionToken,
    expiresAt,
    principal: { ...holder, accessKeyId },
  });
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiresAt,
  };
}

function userId({ account, arn }: Principal): string {
  if (arn.endsWith(":root")) return account;
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  if (!session) return uniqueId("AIDA", arn);
  return `${uniqueId("AROA", `arn:aws:iam::${session[1]}:role/${session[2]}`)}:${session[3]}`;
}

/** The same ARN always has the same id. */
function uniqueId(prefix: string, arn: string): string {
  return prefix + toBase32(createHash("sha256").update(arn).digest().subarray(0, 17));
}

/** One character per byte, which suffices for ids. */
function toBase32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]).join("");
}
