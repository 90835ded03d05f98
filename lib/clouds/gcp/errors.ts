import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import { safeWords } from "../safe-words.ts";

/**
 * `name` is canonical over all of Google's ways of saying the same: a code of google.rpc.Code (`PERMISSION_DENIED`,
 * `NOT_FOUND`, `RESOURCE_EXHAUSTED` …), `SERVICE_DISABLED` when the project that is read doesn't use the API,
 * `CONSUMER_SERVICE_DISABLED` when another project doesn't (that of the credentials, which calls are counted against: it
 * says nothing about the one that is read), the OAuth error of a refused token (`invalid_grant`), or the system's code of
 * a broken connection (`ECONNRESET`).
 */
export type ClassifiedError = { code: GapCode; name: string; message: string };

type ProjectRead = { id: string; number: string } | null;

/** An answer that refuses the call, of an API or of a token endpoint. */
export class GcpCallFailed extends Error {
  override readonly name = "GcpCallFailed";
  readonly status: number;
  /** The answer's body as parsed, if it is JSON. */
  readonly data: unknown;
  /** The project that was being read. */
  readonly project: ProjectRead;
  constructor(status: number, data: unknown, project: ProjectRead = null) {
    super(readRefusal(status, data, project).message);
    this.status = status;
    this.data = data;
    this.project = project;
  }
}

/** No token could be had, for a reason that no provider gave: no credentials on this machine, an unreadable file. */
export class CredentialsUnavailable extends Error {
  override readonly name = "CredentialsUnavailable";
}

/** What a library says of an error; a parser's words quote what it has read, which may be a key. */
export function ownWords(error: unknown): string {
  if (error instanceof SyntaxError) return "What should be JSON is none.";
  return error instanceof Error ? error.message : String(error);
}

/** The answer says that it is not all: places that the provider could not reach. */
export class PartialAnswer extends Error {
  override readonly name = "PartialAnswer";
}

const interrupted =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPROTO|ERR_STREAM_PREMATURE_CLOSE|ERR_STREAM_DESTROYED|ERR_PROXY_TUNNEL|CERT_\w+|\w+_CERT_IN_CHAIN|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS\w*|ERR_SSL\w*|HPE_\w+|Z_\w+)$/;

/** What the older APIs call what google.rpc.Code has a name for. */
const canonicalNames: Record<string, string> = {
  accessNotConfigured: "SERVICE_DISABLED",
  SERVICE_DISABLED: "SERVICE_DISABLED",
  rateLimitExceeded: "RESOURCE_EXHAUSTED",
  userRateLimitExceeded: "RESOURCE_EXHAUSTED",
  quotaExceeded: "RESOURCE_EXHAUSTED",
  dailyLimitExceeded: "RESOURCE_EXHAUSTED",
  concurrentLimitExceeded: "RESOURCE_EXHAUSTED",
  RATE_LIMIT_EXCEEDED: "RESOURCE_EXHAUSTED",
};

const nameByStatus: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ABORTED",
  412: "FAILED_PRECONDITION",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

const codeByName: Record<string, GapCode> = {
  PERMISSION_DENIED: "denied",
  RESOURCE_EXHAUSTED: "throttled",
  UNAUTHENTICATED: "expired",
  SERVICE_DISABLED: "disabled",
  CONSUMER_SERVICE_DISABLED: "denied",
  // The refresh token or key was revoked or has run out, or the user has to sign in again (`invalid_rapt`).
  invalid_grant: "expired",
  invalid_token: "expired",
  invalid_client: "denied",
  unauthorized_client: "denied",
  access_denied: "denied",
  invalid_target: "denied",
};

/** What an error from a Google call means for coverage, or `null` when no provider said it: a bug, to be thrown on. */
export function classifyGcpError(error: unknown): ClassifiedError | null {
  for (const said of causes(error)) {
    if (said instanceof MalformedAnswer) return classified("malformed", said.name, said.message);
    if (said instanceof CredentialsUnavailable) return classified("expired", said.name, said.message);
    if (said instanceof PartialAnswer) return classified("unavailable", "UNAVAILABLE", said.message);
    const answer = answerOf(said);
    if (answer) {
      const { name, message } = readRefusal(answer.status, answer.data, answer.project);
      return classified(codeByName[name] ?? "unavailable", name, message);
    }
  }
  for (const said of causes(error)) {
    const code = textOf(said, "code") ?? "";
    if (interrupted.test(code)) return classified("unavailable", code, textOf(said, "message") || code);
  }
  return null;
}

/** Whether the project doesn't use the API at all: then nothing that it manages can exist there. */
export const isServiceDisabled = (error: unknown): boolean =>
  classifyGcpError(error)?.name === "SERVICE_DISABLED";

/** Reads the refusal out of an answer in any of Google's shapes: AIP-193, the older `errors[]`, or OAuth's. */
function readRefusal(status: number, data: unknown, project: ProjectRead): { name: string; message: string } {
  const body = fieldOf(data, "error");
  if (typeof body === "string") {
    return { name: body, message: textOf(data, "error_description") ?? body };
  }
  const reasons = [
    ...listOf(body, "details").map((detail) => textOf(detail, "reason")),
    ...listOf(body, "errors").map((error) => textOf(error, "reason")),
  ];
  const known = reasons.map((reason) => canonicalNames[reason ?? ""]).find((name) => name !== undefined);
  // A proxy's error page has a status and nothing else that could be believed.
  const name = known ?? textOf(body, "status") ?? nameByStatus[status] ?? `HTTP ${status}`;
  const message = textOf(body, "message") ?? `The call was answered with status ${status}.`;
  const isForeign = name === "SERVICE_DISABLED" && !isAbout(project, consumerOf(body, message));
  return { name: isForeign ? "CONSUMER_SERVICE_DISABLED" : name, message };
}

/** The id or number of the project that doesn't use the API. */
const consumerOf = (body: unknown, message: string): string | undefined =>
  listOf(body, "details")
    .map((detail) => textOf(fieldOf(detail, "metadata"), "consumer")?.replace(/^projects\//, ""))
    .find((consumer) => consumer !== undefined) ?? /\bproject[ /]([a-z0-9:.-]*[a-z0-9])/.exec(message)?.[1];

const isAbout = (project: ProjectRead, consumer: string | undefined): boolean =>
  project !== null && (consumer === project.id || consumer === project.number);

/** The answer that an error carries: ours, or one that the SDK has wrapped. */
function answerOf(error: unknown): { status: number; data: unknown; project: ProjectRead } | null {
  if (error instanceof GcpCallFailed) return error;
  const response = fieldOf(error, "response");
  const status = fieldOf(response, "status");
  return typeof status === "number" ? { status, data: fieldOf(response, "data"), project: null } : null;
}

function* causes(error: unknown): Generator<unknown> {
  let at = error;
  for (let depth = 0; depth < 6 && at !== undefined && at !== null; depth += 1) {
    yield at;
    at = fieldOf(at, "cause");
  }
}

const classified = (code: GapCode, name: string, message: string): ClassifiedError => ({
  code,
  name,
  message: safeWords(name, message),
});

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null && field in value
    ? Reflect.get(value, field)
    : undefined;
}

function textOf(value: unknown, field: string): string | undefined {
  const found = fieldOf(value, field);
  return typeof found === "string" && found !== "" ? found : undefined;
}

function listOf(value: unknown, field: string): unknown[] {
  const found = fieldOf(value, field);
  return Array.isArray(found) ? found : [];
}
