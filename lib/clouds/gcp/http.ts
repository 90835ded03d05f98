import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { createGunzip } from "node:zlib";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { readBounded } from "../bound-answer.ts";

export type HttpRequest = {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

/** Waiting for a connection, and for the next byte of an answer. */
const idleTimeoutMs = 30_000;

/** From connecting to the last byte: an answer that comes drop by drop is never idle. */
const usualAttemptMs = 120_000;

/**
 * One pool of kept-alive sockets per account. Its bound lies above what the limits of all services together usually let
 * through, and exists so that a mistake can't open thousands.
 */
export class HttpPool {
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;
  readonly #attemptMs: number;

  /**
   * @param env Names the proxy for Google, if there is one: `HTTPS_PROXY`, `NO_PROXY`. Plain HTTP is for emulators, which
   * no proxy leads to.
   * @param attemptMs How long one request may take in all.
   */
  constructor(env: NodeJS.ProcessEnv = process.env, attemptMs: number = usualAttemptMs) {
    this.#attemptMs = attemptMs;
    const options = { keepAlive: true, maxSockets: 100 };
    this.#http = new HttpAgent(options);
    this.#https = new HttpsAgent({ ...options, proxyEnv: env });
  }

  /** Sends a request and reads the whole answer. Whatever status it has is an answer; redirects are not followed. */
  async send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const isPlain = url.protocol === "http:";
    const request = (isPlain ? requestHttp : requestHttps)(url, {
      method,
      agent: isPlain ? this.#http : this.#https,
      headers: {
        "accept-encoding": "gzip",
        ...headers,
        ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      },
      ...(signal ? { signal } : {}),
    });
    request.on("response", resolve);
    request.on("error", reject);
    request.setTimeout(idleTimeoutMs, () => request.destroy(timeoutError(idleTimeoutMs)));
    let response: IncomingMessage | null = null;
    const deadline = setTimeout(() => {
      (response ?? request).destroy(timeoutError(this.#attemptMs));
    }, this.#attemptMs);
    try {
      request.end(body);
      response = await promise;
      return {
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: await readBody(response),
      };
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Closes the sockets; calls that are under way fail. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  try {
    return new TextDecoder().decode(await readBounded(unzipped(response)));
  } catch (error) {
    // What is left of it is not waited for.
    response.destroy();
    throw error;
  }
}

function unzipped(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const { "content-encoding": encoding } = response.headers;
  if (encoding === undefined || encoding === "identity") return response;
  if (encoding !== "gzip") {
    throw new MalformedAnswer(`The answer is encoded as ${encoding}, which nobody asked for.`);
  }
  const gunzip = createGunzip();
  response.on("error", (error) => gunzip.destroy(error));
  return response.pipe(gunzip);
}

const timeoutError = (ms: number) =>
  Object.assign(new Error(`No answer within ${ms / 1000} seconds.`), { code: "ETIMEDOUT" });
