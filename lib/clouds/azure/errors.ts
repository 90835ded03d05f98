import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import { safeWords } from "../safe-words.ts";

export type ClassifiedError = { code: GapCode; name: string; message: string };

/** A refusal in the shape of Azure Resource Manager, Microsoft Graph or the login. `code` is the provider's word. */
export class AzureRefusal extends Error {
  override readonly name = "AzureRefusal";
  readonly code: string;
  readonly statusCode: number;
  constructor(code: string, statusCode: number, message: string) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

const throttled = /throttl|TooManyRequests|^(activityLimitReached|AADSTS50196)$/i;
/** The credentials don't hold, or no longer: renewing them helps, granting permissions doesn't. */
const expired =
  /^(ExpiredAuthenticationToken|InvalidAuthenticationToken|InvalidAuthenticationTokenExpired|AuthenticationFailed\w*|AuthenticationError|AuthenticationRequiredError|CredentialUnavailableError|AggregateAuthenticationError|TokenExpired|invalid_client)$/;
/** A login that asks for consent, or that a policy of the tenant stops, is no matter of the secret. */
const denied =
  /^(\w*AuthorizationFailed|Authorization_\w+|AuthorizationPermissionMismatch|AccessDenied|accessDenied|Forbidden|InvalidAuthenticationTokenTenant|InvalidAuthenticationTokenAudience|RequestDisallowedByPolicy|SubscriptionNotFound|InvalidSubscriptionId|Unauthorized|unauthorized_client|AADSTS(65001|65004|50105|53000|53003|530003|500011|650057|90072))$/;
/** What Microsoft's login says of itself. */
const loginDown = /^(AADSTS(90033|90041|90025|90006|90012|90010)|temporarily_unavailable|server_error)$/;
/** The subscription is switched off, or doesn't use the service. */
const disabled =
  /^(ReadOnlyDisabledSubscription|SubscriptionDisabled|MissingSubscriptionRegistration|SubscriptionNotRegistered)$/;
const interrupted =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPROTO|ERR_STREAM_\w+|ERR_TLS\w*|ERR_SSL\w*|CERT_\w+|\w+_CERT_IN_CHAIN|\w*SELF_SIGNED\w*|DEPTH_ZERO_\w+|UNABLE_TO_\w+|HPE_\w+|Z_\w+|REQUEST_SEND_ERROR)$/;

/** The provider's name for an error, such as `ResourceNotFound`, `Authorization_RequestDenied` or `AADSTS7000222`. */
export const errorName = (error: unknown): string => textOf(error, "code") ?? textOf(error, "name") ?? "";

/** What an error from an Azure call means for coverage, or `null` when no provider said it: that is a bug, to be thrown on. */
export function classifyAzureError(error: unknown): ClassifiedError | null {
  const code = codeOf(error);
  return code && { code, name: errorName(error), message: safeMessage(error) };
}

function codeOf(error: unknown): GapCode | null {
  if (typeof error !== "object" || error === null) return null;
  if (error instanceof MalformedAnswer) return "malformed";
  const name = errorName(error);
  if (error instanceof AzureRefusal) return refusalMeaning(name, error.statusCode);
  if (interrupted.test(name)) return "unavailable";
  if (expired.test(name) || expired.test(textOf(error, "name") ?? "")) return "expired";
  // Refusals have been told apart before the SDK sees them: what it still complains of is an answer that it can't read.
  return textOf(error, "name") === "RestError" || isSdkStumble(error) ? "malformed" : null;
}

/** The SDK's readers take some objects for granted, and fall over an answer that lacks one. */
const isSdkStumble = (error: object): boolean =>
  error instanceof TypeError && /^\s*at .*node_modules[\\/]@azure/m.test(error.stack?.split("\n")[1] ?? "");

function refusalMeaning(name: string, status: number): GapCode {
  if (status === 429 || throttled.test(name)) return "throttled";
  if (loginDown.test(name) || status >= 500) return "unavailable";
  if (denied.test(name)) return "denied";
  if (expired.test(name) || name.startsWith("AADSTS")) return "expired";
  if (disabled.test(name)) return "disabled";
  if (status === 401) return "expired";
  return status === 403 ? "denied" : "unavailable";
}

/** Whether an attempt that ended so may end otherwise when it is made again. */
export const isPassing = (error: unknown): boolean =>
  error instanceof MalformedAnswer || interrupted.test(errorName(error));

/** What the provider said, without what `safeWords` keeps back. */
export function safeMessage(error: unknown): string {
  const said = (textOf(error, "message") ?? String(error))
    .slice(0, 100_000)
    // Numbers for the provider's support, others each time.
    .replace(/\s?(Trace ID|Correlation ID|Timestamp): \S+( [\d:]+Z)?/g, "");
  return safeWords(errorName(error), said);
}

function textOf(value: unknown, field: string): string | undefined {
  if (typeof value !== "object" || value === null || !(field in value)) return undefined;
  const text: unknown = Reflect.get(value, field);
  return typeof text === "string" ? text : undefined;
}
