import { createVerify } from "node:crypto";
import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import { serviceAccountsOf } from "../handlers/iam.ts";
import type { GcpEstate, GcpIdentity } from "../model.ts";
import { type TokenStore, tokenLifetimeSeconds } from "./tokens.ts";
import { type WrittenError, writeOAuthError } from "./write-error.ts";

type OAuthContext = { estate: GcpEstate; tokens: TokenStore; now: Date };

/** Google's token endpoint, the security token service, and the endpoint that says whose a token is. */
export function answerOAuth(
  host: string,
  path: string,
  request: WireRequest,
  context: OAuthContext,
): WrittenError | null {
  const form = new URLSearchParams(request.body.toString());
  if (host === "oauth2.googleapis.com" && path === "/tokeninfo") return tokenInfo(form, request, context);
  if (request.method !== "POST") return null;
  if (host === "oauth2.googleapis.com" && path === "/token") return token(form, context);
  if (host === "sts.googleapis.com" && path === "/v1/token") return exchange(form, context);
  return null;
}

function token(form: URLSearchParams, context: OAuthContext): WrittenError {
  switch (form.get("grant_type")) {
    case "refresh_token": {
      const known = context.estate.refreshTokens.get(form.get("refresh_token") ?? "");
      if (!known) return writeOAuthError("invalid_grant", "Bad Request");
      if (form.get("client_id") !== known.clientId || form.get("client_secret") !== known.clientSecret) {
        return writeOAuthError("invalid_client", "The provided client secret is invalid.", 401);
      }
      return issued(known.email, cloudPlatform, context);
    }
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return signedAssertion(form.get("assertion") ?? "", context);
    default:
      return writeOAuthError("unsupported_grant_type", "Invalid grant_type.");
  }
}

const cloudPlatform = [
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/userinfo.email",
];

/** A service account's own assertion, signed with one of its keys (RFC 7523). */
function signedAssertion(assertion: string, context: OAuthContext): WrittenError {
  const [head = "", payload = "", signature = ""] = assertion.split(".");
  const header = parse(head);
  const claims = parse(payload);
  const { estate } = context;
  // Not every client says which of the account's keys it has signed with.
  const keys = [...estate.serviceAccountKeys].filter(
    ([id, { email }]) =>
      email === claims.iss && (header.kid === undefined || header.kid === id) && isUsable(estate, email, id),
  );
  if (keys.length === 0 || !estate.identities.has(String(claims.iss))) {
    return writeOAuthError("invalid_grant", "Invalid grant: account not found");
  }
  const isSigned = keys.some(([, { publicKey }]) =>
    createVerify("RSA-SHA256").update(`${head}.${payload}`).verify(publicKey, signature, "base64url"),
  );
  if (header.alg !== "RS256" || !isSigned) {
    return writeOAuthError("invalid_grant", "Invalid JWT Signature.");
  }
  const seconds = context.now.getTime() / 1000;
  const isTimely = Number(claims.iat) <= seconds + 300 && Number(claims.exp) > seconds;
  if (!isTimely || claims.aud !== "https://oauth2.googleapis.com/token") {
    return writeOAuthError("invalid_grant", "Invalid JWT: Token must be a short-lived token.");
  }
  return issued(String(claims.iss), String(claims.scope ?? "").split(" "), context);
}

/** Whether neither the key nor its account is disabled; keys of accounts that the estate doesn't list are as they are. */
function isUsable({ identities, projects }: GcpEstate, email: string, keyId: string): boolean {
  const project = projects.get(identities.get(email)?.projectId ?? "");
  const known = project && serviceAccountsOf(project).get(email);
  return !known?.account.disabled && !known?.keys.get(keyId)?.disabled;
}

/** Workload identity federation's exchange (RFC 8693): another provider's token for one of Google's. */
function exchange(form: URLSearchParams, context: OAuthContext): WrittenError {
  if (form.get("grant_type") !== "urn:ietf:params:oauth:grant-type:token-exchange") {
    return writeOAuthError("invalid_request", "Invalid grant type");
  }
  const provider = context.estate.federations.get(form.get("audience") ?? "");
  if (!provider) return writeOAuthError("invalid_target", "The target service indicated is invalid.");
  const email = provider.get(form.get("subject_token") ?? "");
  if (email === undefined) return writeOAuthError("invalid_grant", "The subject token is not accepted.");
  const answer = issued(email, (form.get("scope") ?? "").split(" "), context);
  return {
    ...answer,
    body: JSON.stringify({
      ...JSON.parse(answer.body),
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    }),
  };
}

function tokenInfo(form: URLSearchParams, request: WireRequest, { tokens, now }: OAuthContext): WrittenError {
  const bearer = bearerOf(request) ?? form.get("access_token") ?? request.query.get("access_token")?.[0];
  const found = tokens.find(bearer ?? "", now);
  if (!found) return writeOAuthError("invalid_token", "Invalid Value");
  return answered({
    azp: "sandbox",
    scope: found.scopes.join(" "),
    expires_in: String(Math.floor((found.expiresAt.getTime() - now.getTime()) / 1000)),
    email: found.email,
    email_verified: "true",
    access_type: "offline",
  });
}

/** A service account's token made for somebody who may act in its name; `null` when they may not. */
export function impersonate(
  { estate, tokens, now }: OAuthContext,
  caller: GcpIdentity,
  email: string,
  body: Readonly<Record<string, unknown>>,
): object | null {
  const delegates = Array.isArray(body.delegates) ? body.delegates.map(String) : [];
  const chain = [...delegates.map((name) => name.slice(name.lastIndexOf("/") + 1)), email];
  let actor = caller.email;
  for (const next of chain) {
    if (!estate.identities.get(next)?.impersonators.includes(actor)) return null;
    actor = next;
  }
  const seconds = Math.min(
    Number.parseInt(String(body.lifetime ?? "3600s"), 10) || tokenLifetimeSeconds,
    3_600,
  );
  const scopes = Array.isArray(body.scope) ? body.scope.map(String) : [];
  return {
    accessToken: tokens.issue(email, scopes, now, seconds),
    expireTime: new Date(now.getTime() + seconds * 1000).toISOString(),
  };
}

export function bearerOf(request: WireRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

const issued = (email: string, scopes: string[], { tokens, now }: OAuthContext): WrittenError =>
  answered({
    access_token: tokens.issue(email, scopes, now),
    expires_in: tokenLifetimeSeconds - 1,
    scope: scopes.join(" "),
    token_type: "Bearer",
  });

const answered = (body: object): WrittenError => ({
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});

function parse(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
