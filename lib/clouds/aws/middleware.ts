import type {
  FinalizeHandler,
  FinalizeHandlerArguments,
  HandlerExecutionContext,
  MetadataBearer,
  Pluggable,
} from "@smithy/types";
import { SMITHY_CONTEXT_KEY } from "@smithy/types";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { readBounded } from "../bound-answer.ts";
import type { CallGovernor } from "../limits.ts";
import { classifyAwsError, isExpiredToken } from "./errors.ts";

/** What a client's middleware needs of its session. */
export type Governed = {
  governor: CallGovernor;
  /** Forgets the credentials with this key, which AWS refused as expired; false when new ones can't be had. */
  renewCredentials(accessKeyId: string): boolean;
};

/** A role that hands out sessions already over is not asked for ever. */
const maxRenewals = 3;

/**
 * Puts a client under its session's limits: counts its calls, lets each attempt wait for a place, renews credentials
 * when AWS says that they have expired, and refuses answers that aren't AWS's.
 */
export function governCalls<Input extends object, Output extends MetadataBearer>(
  service: string,
  { governor, renewCredentials }: Governed,
): Pluggable<Input, Output> {
  const limiter = governor.limiterOf(service);
  return {
    applyToStack(stack) {
      stack.add(
        (next, context) => async (args) => {
          governor.count(service, actionOf(context), "calls");
          for (let renewals = 0; ; renewals += 1) {
            try {
              return await next(args);
            } catch (error) {
              const refused = isExpiredToken(error) ? signingKeyOf(context) : undefined;
              if (!refused || renewals >= maxRenewals || !renewCredentials(refused)) throw error;
            }
          }
        },
        { step: "initialize", name: "parapetCall" },
      );
      // Inside the retry loop, so that a call that backs off leaves its place to another; before signing, so that a
      // long wait doesn't age the signature.
      stack.addRelativeTo(
        (next: FinalizeHandler<Input, Output>, context: HandlerExecutionContext) => {
          let attempts = 0;
          return async (args: FinalizeHandlerArguments<Input>) => {
            const slot = await limiter.acquire(abortSignalOf(context));
            if (attempts++ > 0) governor.count(service, actionOf(context), "retries");
            try {
              const answer = await next(args);
              limiter.release(slot, "succeeded");
              return answer;
            } catch (error) {
              const throttled = classifyAwsError(error)?.code === "throttled";
              if (throttled) governor.count(service, actionOf(context), "throttles");
              limiter.release(slot, throttled ? "throttled" : "other");
              throw error;
            }
          };
        },
        { relation: "after", toMiddleware: "retryMiddleware", name: "parapetLimit" },
      );
      stack.add(
        (next, context) => async (args) => {
          const result = await next(args);
          const action = actionOf(context);
          const body = await readBody(result.response);
          if (body && isReading(action)) refuseForeignAnswer(body, isRawDocument(action));
          return result;
        },
        { step: "deserialize", priority: "low", name: "parapetAnswer" },
      );
    },
  };
}

type Body = { statusCode: number; bytes: Buffer };

/** Reads an answer whole and puts it back, for the SDK to read; refusals too. `null` for what is no answer over HTTP. */
async function readBody(response: unknown): Promise<Body | null> {
  if (!isHttpResponse(response)) return null;
  const { body, statusCode } = response;
  const bytes = isChunked(body)
    ? await readBounded(body).catch((error: unknown) => {
        throw error instanceof MalformedAnswer ? foreign(error.message, statusCode) : error;
      })
    : Buffer.from(body instanceof Uint8Array ? body : []);
  response.body = bytes;
  return { statusCode, bytes };
}

/**
 * The SDK reads an empty body, or a proxy's HTML page sent with status 200, as an answer with nothing in it: every list
 * empty, every switch off. Neither is anything AWS answers to a call that asks for something.
 */
function refuseForeignAnswer({ statusCode, bytes: body }: Body, mustBeJson: boolean): void {
  if (statusCode >= 300 || statusCode === 204) return;
  const start = body
    .subarray(0, 200)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (start === "") throw foreign("The answer is empty.", statusCode);
  if (!/^[<{]/.test(start) || /^<(!doctype\s+html|html)\b/i.test(start)) {
    throw foreign("The answer is not AWS's: it is neither XML nor a JSON object.", statusCode);
  }
  if (mustBeJson && !isJson(body.toString("utf8"))) throw foreign("The answer is not JSON.", statusCode);
}

/** A bucket's policy is handed through unread, so that nobody else would notice that it was cut short. */
const isRawDocument = (action: string): boolean => action === "GetBucketPolicy";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Calls that change something may well be answered with an empty body. */
const isReading = (action: string): boolean => /^(Get|List|Describe|Generate)/.test(action);

type HttpAnswer = { statusCode: number; body?: unknown };

const isHttpResponse = (response: unknown): response is HttpAnswer =>
  typeof response === "object" &&
  response !== null &&
  "statusCode" in response &&
  typeof response.statusCode === "number";

const isChunked = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;

const foreign = (message: string, httpStatusCode: number) =>
  Object.assign(new MalformedAnswer(message), { $metadata: { httpStatusCode } });

const actionOf = (context: HandlerExecutionContext): string =>
  (context.commandName ?? "Unknown").replace(/Command$/, "");

/** The key that the last attempt was signed with. */
function signingKeyOf(context: HandlerExecutionContext): string | undefined {
  const identity: unknown = context[SMITHY_CONTEXT_KEY]?.selectedHttpAuthScheme?.identity;
  if (typeof identity !== "object" || identity === null || !("accessKeyId" in identity)) return undefined;
  return typeof identity.accessKeyId === "string" ? identity.accessKeyId : undefined;
}

function abortSignalOf(context: HandlerExecutionContext): AbortSignal | undefined {
  const signal: unknown = context[SMITHY_CONTEXT_KEY]?.abortSignal;
  return signal instanceof AbortSignal ? signal : undefined;
}
