import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { CallGovernor } from "../limits.ts";
import { type Judgement, Patience, retryAfterMs, sendPatiently } from "../patience.ts";
import { refusalOf, refuseForeignAnswer } from "./answers.ts";
import { isPassing } from "./errors.ts";
import type { TokenSource } from "./tokens.ts";

/** Tokens asked for anew within one attempt. */
const maxRenewals = 3;

export type GovernedOptions = {
  transport: HttpClient;
  governor: CallGovernor;
  /** The service whose limit counts, such as `storage`. */
  service: string;
  tokens: TokenSource;
  /** The only address that the tokens go to, such as `https://management.azure.com`. */
  baseUrl: string;
  /** What is called, for the counts alone. */
  actionOf(request: PipelineRequest): string;
  /** As in `AzureSession`. */
  random?: (() => number) | undefined;
};

/**
 * An HTTP client for the SDK's that keeps to the account's limits, retries as all clouds' do, and renews tokens that have
 * expired. What Azure refuses is thrown as an `AzureRefusal`, so that the SDK's packages, each of which words refusals in
 * its own way, never see one.
 */
export function governedClient(options: GovernedOptions): HttpClient {
  const { governor, service, baseUrl } = options;
  const patience = new Patience(options.random);
  const origin = new URL(baseUrl).origin;
  return {
    async sendRequest(request) {
      // A next page's address comes out of an answer, and the token must not follow it elsewhere.
      if (new URL(request.url).origin !== origin) {
        throw new MalformedAnswer(`The answer points away from ${origin}.`);
      }
      const signal = request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined;
      const response = await sendPatiently({
        governor,
        patience,
        service,
        action: options.actionOf(request),
        signal,
        send: () => attempt(request, options),
        judge,
      }).catch((error: unknown) => {
        throw error instanceof NoToken ? error.cause : error;
      });
      if (response.status >= 400 && request.method !== "HEAD") throw refusalOf(response);
      return response;
    },
  };
}

/** The login has patience of its own, so that its failures aren't retried once more here. */
class NoToken extends Error {}

async function attempt(
  request: PipelineRequest,
  { transport, tokens }: GovernedOptions,
): Promise<PipelineResponse> {
  for (let renewals = 0; ; renewals += 1) {
    const { token } = await tokens.get().catch((cause: unknown) => {
      throw new NoToken("The login failed.", { cause });
    });
    request.headers.set("Authorization", `Bearer ${token}`);
    const response = await transport.sendRequest(request);
    if (response.status !== 401) tokens.accepted(token);
    else if (renewals < maxRenewals && tokens.renew(token, claimsOf(response))) continue;
    refuseForeignAnswer(response);
    return response;
  }
}

/** What a 401 wants of the next token: `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"`. */
function claimsOf(response: PipelineResponse): string | undefined {
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]+)"/.exec(response.headers.get("WWW-Authenticate") ?? "")?.[1];
  return encoded && Buffer.from(encoded, "base64").toString("utf8");
}

/** What a try again may mend: being too fast, the provider's own failures, connections and bodies cut off on their way. */
export function judge(outcome: { answer: PipelineResponse } | { error: unknown }): Judgement {
  if ("error" in outcome) return isPassing(outcome.error) ? { cause: "failed", askedMs: 0 } : null;
  const { status, headers } = outcome.answer;
  const askedMs = retryAfterMs(headers.get("Retry-After"));
  if (status === 429) return { cause: "throttled", askedMs };
  return status >= 500 || status === 408 ? { cause: "failed", askedMs } : null;
}
