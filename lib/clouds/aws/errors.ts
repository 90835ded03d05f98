import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import { safeWords } from "../safe-words.ts";

export type ClassifiedError = { code: GapCode; name: string; message: string };

const throttled =
  /throttl|^(RequestLimitExceeded|SlowDown|TooManyRequests\w*|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceededException)$/i;
const expired =
  /^(ExpiredToken\w*|TokenRefreshRequired|RequestExpired|CredentialsProviderError|TokenProviderError)$/;
/** What a region says that was never enabled; a region that is enabled says the same of keys that are no longer valid. */
const unrecognised = /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)$/;
const disabled = /^(OptInRequired|SubscriptionRequiredException|RegionDisabledException|DisabledRegion\w*)$/;
const denied =
  /^(AccessDenied\w*|UnauthorizedOperation|Unauthorized\w*|NotAuthorized\w*|AuthorizationError\w*|AllAccessDisabled|AccountProblem|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature\w*|MissingAuthenticationToken\w*|InvalidToken|Forbidden)$/;
const interrupted =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPROTO|ERR_STREAM_PREMATURE_CLOSE|CERT_\w+|\w+_CERT_IN_CHAIN|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS\w*|ERR_SSL\w*|HPE_\w+)$/;

/** The provider's name for an error, such as `NoSuchBucketPolicy`. */
export const errorName = (error: unknown): string => textOf(error, "name") ?? textOf(error, "Code") ?? "";

/**
 * What an error from an AWS call means for coverage, or `null` when no provider said it: that is a bug, to be thrown on.
 *
 * @param regionEnabled Whether the account has the region enabled, when that is known: only this tells a disabled
 * region from keys that were revoked.
 */
export function classifyAwsError(error: unknown, regionEnabled?: boolean): ClassifiedError | null {
  const code = codeOf(error, regionEnabled);
  if (code === null) return null;
  return { code, name: errorName(error), message: safeMessage(error) };
}

function codeOf(error: unknown, regionEnabled: boolean | undefined): GapCode | null {
  if (typeof error !== "object" || error === null) return null;
  if (error instanceof MalformedAnswer) return "malformed";
  const name = errorName(error);
  const status = statusOf(error);
  if (throttled.test(name) || status === 429) return "throttled";
  if (expired.test(name)) return "expired";
  if (unrecognised.test(name)) return regionEnabled === false ? "disabled" : "expired";
  // S3 says InvalidToken in a region that is off, since tokens of other regions don't hold there.
  if (disabled.test(name) || (regionEnabled === false && name === "InvalidToken")) return "disabled";
  if (denied.test(name)) return "denied";
  if (name === "TimeoutError" || name === "RequestTimeout" || interrupted.test(textOf(error, "code") ?? "")) {
    return "unavailable";
  }
  if (status === undefined) return null;
  // Whatever AWS said is marked as its fault or ours; what isn't is a body that couldn't be parsed. With a 5xx that is a
  // proxy's error page, and with anything else an answer that was cut short.
  if (status < 400 || (status < 500 && !("$fault" in error))) return "malformed";
  if (status === 401 || status === 403) return "denied";
  return "unavailable";
}

/** Whether the session's credentials, rather than their permissions, were refused; EC2 has a word of its own for it. */
export const isExpiredToken = (error: unknown): boolean =>
  /^(ExpiredToken\w*|TokenRefreshRequired|RequestExpired)$/.test(errorName(error));

/** What the provider said: on one line, at most 500 characters, and without keys, tokens or encoded authorization. */
export function safeMessage(error: unknown): string {
  // Node gives up on several addresses with an error that has a code and no message.
  const name =
    textOf(error, "message") === "" ? (textOf(error, "code") ?? errorName(error)) : errorName(error);
  const said = (textOf(error, "message") ?? String(error))
    .slice(0, 100_000)
    .split("\n  Deserialization error:")[0]
    ?.replace(/encoded authorization failure message:\s*\S+/gi, "");
  return safeWords(name, said ?? "");
}

function statusOf(error: object): number | undefined {
  if (!("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

function textOf(error: unknown, field: string): string | undefined {
  if (typeof error !== "object" || error === null || !(field in error)) return undefined;
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : undefined;
}
