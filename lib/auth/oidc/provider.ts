import type { OAuthConfig } from "next-auth/providers/oauth";
import type { ProviderMetadata } from "./discover.ts";
import { explainExchange, SignInProblem } from "./problem.ts";
import { type Claims, readClaim } from "./role-claim.ts";
import type { OidcSettings } from "./settings.ts";

/** Where the provider sends browsers back to; registered there to the letter. */
export const redirectAddress = (authUrl: string) => `${authUrl}/api/auth/callback/oidc`;

/**
 * The provider as next-auth knows it: the code flow with PKCE, state and nonce, and an id token whose signature, issuer,
 * audience and times openid-client verifies. `signIn` is given the claims and returns the new session's id. Its own
 * errors and those of the exchange go to `failed`, since next-auth keeps them to itself.
 */
export function oidcProvider(options: {
  settings: OidcSettings;
  metadata: ProviderMetadata;
  authUrl: string;
  /** Whether the provider is to ask who it is, also of someone it still knows. */
  afresh?: boolean;
  signIn(claims: Claims): Promise<string>;
  failed(error: unknown): void;
}): OAuthConfig<Claims> {
  const { settings, metadata, failed } = options;
  const redirectUri = redirectAddress(options.authUrl);
  const orFail = async <T>(work: () => Promise<T>, explain: (error: unknown) => unknown): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failed(explain(error));
      throw error;
    }
  };
  const isEnough = (found: Claims) =>
    found.email !== undefined && readClaim(found, settings.roleClaim).length > 0;
  let claims: Claims = {};
  return {
    id: "oidc",
    name: settings.name,
    type: "oauth",
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    issuer: metadata.issuer,
    jwks_endpoint: metadata.jwksUri,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    client: {
      redirect_uris: [redirectUri],
      response_types: ["code"],
      token_endpoint_auth_method: metadata.clientAuthentication,
      id_token_signed_response_alg: metadata.signingAlgorithm,
    },
    httpOptions: { timeout: 10_000 },
    authorization: {
      url: metadata.authorizationEndpoint,
      params: { scope: settings.scopes, ...(options.afresh ? { prompt: "login" } : {}) },
    },
    token: {
      url: metadata.tokenEndpoint,
      request: ({ client, params, checks }) =>
        orFail(async () => {
          if (metadata.namesItself && params.iss === undefined) {
            throw new SignInProblem("untrusted", "The answer does not say which provider gave it.");
          }
          const tokens = await client.callback(redirectUri, params, checks);
          claims = tokens.claims();
          if (metadata.userinfoEndpoint && tokens.access_token && !isEnough(claims)) {
            claims = mergeClaims(claims, await client.userinfo(tokens.access_token));
          }
          return { tokens };
        }, explainExchange),
    },
    userinfo: {
      ...(metadata.userinfoEndpoint ? { url: metadata.userinfoEndpoint } : {}),
      request: () => claims,
    },
    profile: (found) =>
      orFail(
        async () => ({ id: await options.signIn(found) }),
        (error) => error,
      ),
  };
}

/** Of both, what is signed counts; that an address is verified is believed of the very address that it was said of. */
export function mergeClaims(signed: Claims, userinfo: Claims): Claims {
  if (userinfo.sub !== signed.sub) {
    throw new SignInProblem("untrusted", "Userinfo is about someone else than the token.");
  }
  const { email_verified: verified, ...rest } = userinfo;
  const isSame = signed.email === undefined || signed.email === userinfo.email;
  return { ...rest, ...(isSame && verified !== undefined ? { email_verified: verified } : {}), ...signed };
}
