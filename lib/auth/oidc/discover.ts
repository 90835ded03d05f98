import { z } from "zod";
import { readBounded } from "#lib/clouds/bound-answer.ts";
import { isLoopback } from "#lib/env.ts";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { SignInProblem } from "./problem.ts";

/** An address that nobody on the way can read along with. */
const endpoint = z.url().refine((value) => {
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
});

/** OpenID Connect Discovery 1.0, section 3: what of the provider's metadata signing in needs. */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  userinfo_endpoint: endpoint.optional(),
  jwks_uri: endpoint,
  id_token_signing_alg_values_supported: z.array(z.string()).default(["RS256"]),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

export type ProviderMetadata = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint: string | undefined;
  jwksUri: string;
  /** The algorithm that its id tokens are signed by. */
  signingAlgorithm: string;
  clientAuthentication: "client_secret_basic" | "client_secret_post";
  /** Whether it names itself in the address that it sends the browser back to (RFC 9207). */
  namesItself: boolean;
};

/** Signatures that only the provider can make; with HS256 whoever knows the client's secret could. */
const signingAlgorithms = [
  "RS256",
  "PS256",
  "ES256",
  "EdDSA",
  "RS384",
  "PS384",
  "ES384",
  "RS512",
  "PS512",
  "ES512",
];

const keptMs = 10 * 60_000;
/** A provider that is down is asked again after this long, however many people try to sign in meanwhile. */
const failedMs = 5_000;
const timeoutMs = 10_000;
const longest = 1_000_000;

const kept = new Map<string, { until: number; metadata: Promise<ProviderMetadata> }>();

/** The provider's metadata, asked for every ten minutes at most. Throws a SignInProblem: `unreachable` or `misconfigured`. */
export function discoverProvider(issuer: string, now: () => number = Date.now): Promise<ProviderMetadata> {
  const known = kept.get(issuer);
  if (known && now() < known.until) return known.metadata;
  const metadata = fetchMetadata(issuer).then((found) => readMetadata(issuer, found));
  const entry = { until: now() + keptMs, metadata };
  kept.set(issuer, entry);
  metadata.catch(() => {
    entry.until = now() + failedMs;
  });
  return metadata;
}

async function fetchMetadata(issuer: string): Promise<unknown> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, {
      headers: { accept: "application/json" },
      // What vouches for the keys must come from the very address that the operator gave, and not over some plain one.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    text = answer.body ? (await readBounded(answer.body, longest)).toString("utf8") : "";
  } catch (cause) {
    if (cause instanceof MalformedAnswer) {
      throw new SignInProblem("misconfigured", `The provider's answer to ${url} is too long.`);
    }
    throw new SignInProblem("unreachable", `The provider's metadata can't be fetched from ${url}.`, {
      cause,
    });
  }
  if (status >= 500 || status === 429) {
    throw new SignInProblem("unreachable", `The provider answered ${status} to ${url}.`);
  }
  if (status !== 200) throw new SignInProblem("misconfigured", `The provider answered ${status} to ${url}.`);
  try {
    return JSON.parse(text);
  } catch {
    // Some page: said below, as for JSON of another kind.
    return undefined;
  }
}

function readMetadata(issuer: string, found: unknown): ProviderMetadata {
  const parsed = metadataSchema.safeParse(found);
  if (!parsed.success) {
    throw new SignInProblem(
      "misconfigured",
      `What ${issuer} answers is no metadata of an OpenID Connect provider.`,
    );
  }
  const { data } = parsed;
  // A slash at the end is easily left out or added; anything else is another provider.
  if (data.issuer.replace(/\/$/, "") !== issuer.replace(/\/$/, "")) {
    throw new SignInProblem(
      "misconfigured",
      "The provider calls itself by another name than PARAPET_OIDC_ISSUER.",
    );
  }
  const supported = data.id_token_signing_alg_values_supported;
  const signingAlgorithm = signingAlgorithms.find((name) => supported.includes(name));
  if (!signingAlgorithm) {
    throw new SignInProblem(
      "misconfigured",
      "The provider signs its tokens by no algorithm that can be trusted.",
    );
  }
  const basic = data.token_endpoint_auth_methods_supported.includes("client_secret_basic");
  return {
    issuer: data.issuer,
    authorizationEndpoint: data.authorization_endpoint,
    tokenEndpoint: data.token_endpoint,
    userinfoEndpoint: data.userinfo_endpoint,
    jwksUri: data.jwks_uri,
    signingAlgorithm,
    clientAuthentication: basic ? "client_secret_basic" : "client_secret_post",
    namesItself: data.authorization_response_iss_parameter_supported,
  };
}
