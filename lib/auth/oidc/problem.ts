/** Why a sign-in through the provider came to nothing; the page behind each says what to do. */
export const signInProblems = [
  "stale",
  "cancelled",
  "unreachable",
  "misconfigured",
  "untrusted",
  "no_role",
  "disabled",
  "email_missing",
  "email_taken",
  "no_administrator",
  "limited",
] as const;
export type SignInProblemCode = (typeof signInProblems)[number];

/** A sign-in that came to nothing. `detail` is for the trail and the log: our own words, never a token or a claim. */
export class SignInProblem extends Error {
  override readonly name = "SignInProblem";
  readonly code: SignInProblemCode;
  readonly detail: string | null;
  /** Whom it is about, when that was known. */
  readonly user: { id: string; organisationId: string } | null;
  constructor(
    code: SignInProblemCode,
    detail: string | null = null,
    options: { cause?: unknown; user?: { id: string; organisationId: string } | null } = {},
  ) {
    super(detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.user = options.user ?? null;
  }
}

/** What openid-client's complaints about an id token or an answer begin with, and what they mean. */
const complaints: readonly (readonly [RegExp, SignInProblemCode, string])[] = [
  [/^state /, "stale", "The answer belongs to another sign-in."],
  [/^nonce mismatch/, "untrusted", "The token belongs to another sign-in (nonce)."],
  [
    /^failed to validate JWT signature|key found in issuer/,
    "untrusted",
    "The token's signature is not the provider's.",
  ],
  [/^JWT expired/, "untrusted", "The token had expired; the two machines' clocks may differ."],
  [/^JWT not active yet/, "untrusted", "The token is not valid yet; the two machines' clocks may differ."],
  [/^(unexpected iss value|iss mismatch)/, "untrusted", "The token is another issuer's."],
  [/^(aud|azp) |aud is missing/, "untrusted", "The token was made for another client."],
  [
    /^unexpected JWT alg/,
    "untrusted",
    "The token is signed by another algorithm than the provider's metadata names first.",
  ],
  [/timed out/, "unreachable", "The provider did not answer in time."],
  [/^expected 200 OK, got: 5/, "unreachable", "The provider answered with an error of its own."],
  [
    /^expected 200 OK|^id_token not present|^failed to parse JSON/,
    "misconfigured",
    "The provider's answer is none of OpenID Connect.",
  ],
];

/** What went wrong at the token endpoint or in what it gave, from the error that openid-client threw. */
export function explainExchange(error: unknown): SignInProblem {
  if (error instanceof SignInProblem) return error;
  if (!(error instanceof Error))
    return new SignInProblem("untrusted", "The provider's answer can't be read.");
  const answered = "error" in error && typeof error.error === "string" ? error.error : null;
  if (answered !== null) return explainAnswer(answered);
  if (
    "code" in error &&
    typeof error.code === "string" &&
    /^(E[A-Z_]+|CERT_|UNABLE_|DEPTH_)/.test(error.code)
  ) {
    return new SignInProblem("unreachable", `The provider can't be reached (${error.code}).`);
  }
  const known = complaints.find(([pattern]) => pattern.test(error.message));
  // The message itself may quote the token's claims, and the error holds the token.
  return known
    ? new SignInProblem(known[1], known[2])
    : new SignInProblem("untrusted", "The provider's token could not be verified.");
}

/** An OAuth error that the provider answered with, at its token endpoint or in the address it sent the browser back to. */
export function explainAnswer(oauthError: string): SignInProblem {
  const said = /^[a-z_]{1,40}$/.test(oauthError) ? oauthError : "an error without a name";
  if (said === "access_denied") return new SignInProblem("cancelled");
  if (["invalid_grant", "login_required", "interaction_required", "consent_required"].includes(said)) {
    return new SignInProblem("stale", `The provider answered ${said}.`);
  }
  if (said === "server_error" || said === "temporarily_unavailable") {
    return new SignInProblem("unreachable", `The provider answered ${said}.`);
  }
  return new SignInProblem("misconfigured", `The provider answered ${said}.`);
}
