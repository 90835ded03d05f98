/** The login: Microsoft Entra's discovery documents and its token endpoint, for applications with secret or certificate. */
import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import { decodePercent } from "#sandbox/aws/wire/http-request.ts";
import type { AzureEstate, ServicePrincipal, Tenant } from "#sandbox/azure/model.ts";
import { checkAssertion } from "./client-assertion.ts";
import { type JsonAnswer, jsonAnswer } from "./json-answer.ts";
import { audienceOf, type TokenBook } from "./tokens.ts";

/** A refusal of the login. */
class LoginRefusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly code: string;
  constructor(status: number, error: string, code: string, text: string) {
    super(text);
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

/** Which request of the login a path is; `null` for the paths of others. */
export function loginRequestOf(
  path: string,
): { tenant: string; what: "token" | "discovery" | "keys" | "instance" } | null {
  if (path.startsWith("/common/discovery/instance")) return { tenant: "common", what: "instance" };
  const [, tenant = "", rest = ""] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
  if (rest === "oauth2/v2.0/token") return { tenant, what: "token" };
  if (rest === "v2.0/.well-known/openid-configuration") return { tenant, what: "discovery" };
  return rest === "discovery/v2.0/keys" ? { tenant, what: "keys" } : null;
}

export function answerLogin(
  request: WireRequest,
  asked: NonNullable<ReturnType<typeof loginRequestOf>>,
  parts: { estate: AzureEstate; tokens: TokenBook; url: string; now: Date },
): JsonAnswer {
  try {
    if (asked.what === "instance") return jsonAnswer(200, instanceDiscovery(parts.url));
    if (asked.what === "keys") return jsonAnswer(200, parts.tokens.publicKeys());
    const tenant = findTenant(parts.estate, asked.tenant);
    if (asked.what === "discovery") return jsonAnswer(200, discovery(tenant, parts.url));
    return jsonAnswer(200, issueToken(request, tenant, parts));
  } catch (error) {
    if (error instanceof LoginRefusal) return refusal(error, parts.now);
    throw error;
  }
}

/** The login's own shape of a refusal; also for faults. */
export function loginRefusal(
  status: number,
  error: string,
  code: string,
  text: string,
  now: Date,
): JsonAnswer {
  return refusal(new LoginRefusal(status, error, code, text), now);
}

function refusal({ status, error, code, message }: LoginRefusal, now: Date): JsonAnswer {
  const at = `${now.toISOString().slice(0, 19).replace("T", " ")}Z`;
  const ids = { trace_id: crypto.randomUUID(), correlation_id: crypto.randomUUID() };
  return jsonAnswer(status, {
    error,
    error_description: `${code}: ${message} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${at}`,
    error_codes: [Number(code.replace("AADSTS", ""))],
    timestamp: at,
    ...ids,
  });
}

function findTenant(estate: AzureEstate, named: string): Tenant {
  const wanted = decodePercent(named).toLowerCase();
  for (const tenant of estate.tenants.values()) {
    if (tenant.id.toLowerCase() === wanted || tenant.domain.toLowerCase() === wanted) return tenant;
  }
  throw new LoginRefusal(
    400,
    "invalid_request",
    "AADSTS90002",
    `Tenant '${wanted}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

function issueToken(
  request: WireRequest,
  tenant: Tenant,
  { tokens, url, now }: { tokens: TokenBook; url: string; now: Date },
): object {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const grant = form.get("grant_type");
  if (request.method !== "POST" || grant !== "client_credentials") {
    throw new LoginRefusal(
      400,
      "unsupported_grant_type",
      "AADSTS70003",
      `The app requested an unsupported grant type '${grant ?? ""}'.`,
    );
  }
  const appId = (form.get("client_id") ?? "").toLowerCase();
  const principal = tenant.principals.get(appId);
  if (!principal) {
    throw new LoginRefusal(
      400,
      "unauthorized_client",
      "AADSTS700016",
      `Application with identifier '${appId}' was not found in the directory '${tenant.name}'.`,
    );
  }
  checkClient(form, principal, tenant, url, now);
  const scope = form.get("scope") ?? "";
  // MSAL adds the scopes of signing in to whatever is asked for.
  const wanted = scope.split(" ").find((one) => one.endsWith("/.default"));
  if (!wanted) {
    throw new LoginRefusal(
      400,
      "invalid_scope",
      "AADSTS1002012",
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  const audience = audienceOf(wanted);
  if (!audience) {
    throw new LoginRefusal(
      400,
      "invalid_resource",
      "AADSTS500011",
      `The resource principal named ${wanted.replace(/\/\.default$/, "")} was not found in the tenant named ${tenant.name}.`,
    );
  }
  const { token, expiresInSeconds } = tokens.issue(
    tenant,
    principal,
    audience,
    "https://sts.windows.net",
    now,
  );
  return {
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    access_token: token,
  };
}

function checkClient(
  form: URLSearchParams,
  principal: ServicePrincipal,
  tenant: Tenant,
  url: string,
  now: Date,
): void {
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    const mine = [tenant.id, tenant.domain].map((name) => `${url}/${name}/oauth2/v2.0/token`);
    const problem = checkAssertion(assertion, principal, mine, now);
    if (problem) throw new LoginRefusal(401, "invalid_client", problem.code, problem.text);
    return;
  }
  const secret = form.get("client_secret");
  if (!secret) {
    throw new LoginRefusal(
      401,
      "invalid_client",
      "AADSTS7000218",
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const known = principal.secrets.find(({ value }) => value === secret);
  if (!known) {
    throw new LoginRefusal(
      401,
      "invalid_client",
      "AADSTS7000215",
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${principal.appId}'.`,
    );
  }
  if (known.expiresAt && known.expiresAt <= now) {
    throw new LoginRefusal(
      401,
      "invalid_client",
      "AADSTS7000222",
      `The provided client secret keys for app '${principal.appId}' are expired. Visit the Azure portal to create new keys for your app.`,
    );
  }
}

function discovery(tenant: Tenant, url: string): object {
  const base = `${url}/${tenant.id}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "tid", "ver"],
  };
}

/** The sandbox is a cloud of its own, and the only authority in it. */
function instanceDiscovery(url: string): object {
  const host = new URL(url).host;
  return {
    tenant_discovery_endpoint: `${url}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
