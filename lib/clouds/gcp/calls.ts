import { MalformedAnswer } from "#lib/inventory/answers.ts";
import manifest from "../../../package.json" with { type: "json" };
import type { CallGovernor } from "../limits.ts";
import { type Judgement, Patience, retryAfterMs, sendPatiently } from "../patience.ts";
import { classifyGcpError, GcpCallFailed } from "./errors.ts";
import type { HttpAnswer, HttpPool, HttpRequest } from "./http.ts";
import type { RefreshingToken } from "./tokens.ts";

/** Sent with every call, so that audit logs show who asked. */
const userAgent = `parapet/${manifest.version} (gzip)`;

/** A source that hands out tokens already over is not asked for ever. */
const maxRenewals = 3;

export type GcpCaller = {
  /**
   * Makes one call of a Google API and returns the parsed answer, a JSON object. Refusals are thrown as `GcpCallFailed`,
   * answers that aren't Google's as `MalformedAnswer`.
   *
   * @param limited By whose limit the call goes; the API's own when left out.
   */
  call(request: HttpRequest, token: RefreshingToken | null, limited?: string): Promise<GoogleAnswer>;
};

export type GoogleAnswer = { status: number; headers: Record<string, string>; data: object };

export type GcpCallerOptions = {
  endpointUrl: string | undefined;
  pool: HttpPool;
  governor: CallGovernor;
  /** One per service, shared by everyone who calls for the account. */
  patience: Map<string, Patience>;
  /** The project that is read, once it is known. */
  project(): { id: string; number: string } | null;
};

/** Makes calls under an account's limits, patiently, and renews tokens that Google says have expired. */
export function gcpCaller(options: GcpCallerOptions): GcpCaller {
  const { endpointUrl, pool, governor, patience } = options;
  const call: GcpCaller["call"] = async (request, token, limited) => {
    const host = googleHostOf(request.url);
    const url = routed(request.url, endpointUrl);
    const service = limited ?? host.slice(0, host.indexOf("."));
    const ownPatience = patience.get(service) ?? new Patience();
    patience.set(service, ownPatience);
    for (let renewals = 0; ; renewals += 1) {
      let used: string | null = null;
      const answer = await sendPatiently({
        governor,
        patience: ownPatience,
        service,
        action: request.method,
        signal: request.signal,
        send: async () => {
          const headers: Record<string, string> = { ...request.headers, "user-agent": userAgent };
          if (token) {
            const { value, quotaProject } = await token.provide().catch((cause: unknown) => {
              throw new TokenFailed(cause);
            });
            used = value;
            headers.authorization = `Bearer ${value}`;
            if (quotaProject) headers["x-goog-user-project"] = quotaProject;
          }
          return readAnswer(await pool.send({ ...request, url, headers }));
        },
        judge,
      }).catch((error: unknown) => {
        throw error instanceof TokenFailed ? error.cause : error;
      });
      if (answer.status === 401 && token && used !== null && renewals < maxRenewals) {
        token.renew(used);
        continue;
      }
      if (answer.status < 200 || answer.status >= 300) {
        throw new GcpCallFailed(answer.status, answer.data, options.project());
      }
      return { ...answer, data: asObject(answer.data) };
    }
  };
  return { call };
}

/** A token could not be had. Getting one has been as patient as any call, so this is not tried again. */
class TokenFailed extends Error {
  constructor(cause: unknown) {
    super("No token", { cause });
  }
}

export const isGoogleHost = (url: URL): boolean =>
  url.protocol === "https:" && url.port === "" && /^[a-z0-9-]+\.googleapis\.com$/.test(url.hostname);

/** Tokens go to Google's hosts and to nobody else. */
function googleHostOf(url: URL): string {
  if (isGoogleHost(url)) return url.hostname;
  throw new Error(`${url.host} is not a host of Google's APIs.`);
}

/** Where a call goes: to Google, or to an emulator that takes the host as the first step of the path. */
function routed(url: URL, endpointUrl: string | undefined): URL {
  if (endpointUrl === undefined) return url;
  return new URL(`${endpointUrl.replace(/\/+$/, "")}/${url.host}${url.pathname}${url.search}`);
}

type ParsedAnswer = { status: number; headers: Record<string, string>; data: unknown };

/**
 * An empty body, or a proxy's page sent with status 200, would read as an answer with nothing in it: every list empty,
 * every switch off. Google answers any call with a JSON object, if only `{}`; one with 204 and nothing.
 */
function readAnswer({ status, headers, body }: HttpAnswer): ParsedAnswer {
  const succeeded = status >= 200 && status < 300;
  if (status === 204) return { status, headers, data: {} };
  const data = parse(body);
  if (succeeded && data === undefined) {
    throw new MalformedAnswer(body.trim() === "" ? "The answer is empty." : "The answer is not JSON.");
  }
  if (succeeded) asObject(data);
  return { status, headers, data };
}

function asObject(data: unknown): object {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data;
  throw new MalformedAnswer("The answer is not a JSON object.");
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function judge(outcome: { answer: ParsedAnswer } | { error: unknown }): Judgement {
  if ("error" in outcome) {
    if (outcome.error instanceof TokenFailed) return null;
    // A body cut off on its way is as passing a fault as a dropped connection.
    return classifyGcpError(outcome.error) ? { cause: "failed", askedMs: 0 } : null;
  }
  const { status, headers, data } = outcome.answer;
  const askedMs = retryAfterMs(headers["retry-after"]);
  if (status < 400) return status < 300 ? null : { cause: "failed", askedMs };
  const said = classifyGcpError(new GcpCallFailed(status, data));
  if (said?.code === "throttled") return { cause: "throttled", askedMs };
  return status >= 500 || status === 408 ? { cause: "failed", askedMs } : null;
}
