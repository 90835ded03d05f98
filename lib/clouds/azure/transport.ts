import { Agent as AnyAgent, type IncomingMessage, request as requestPlain } from "node:http";
import { Agent, request as requestSecure } from "node:https";
import { pipeline } from "node:stream/promises";
import { createGunzip, createInflate } from "node:zlib";
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from "@azure/core-rest-pipeline";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { readBounded } from "../bound-answer.ts";

const usualAttemptMs = 60_000;

export type Transport = HttpClient & {
  /** Closes the sockets; calls that are under way fail. */
  close(): void;
};

/**
 * Sends the SDK's requests over one pool of kept-alive sockets. It stands in for the SDK's own HTTP client, which waits
 * for ever for the rest of a body, and does so as well for a compressed one that was cut off.
 *
 * @param ca PEM of the only certificate to believe, instead of the machine's roots; then no proxy is used either.
 * @param attemptMs How long one attempt may take, from connecting to the last byte.
 */
export function createTransport(ca?: string, attemptMs = usualAttemptMs): Transport {
  // The bound lies above what the limits of all services usually let through, and exists so that a mistake can't open
  // thousands.
  const agent = new Agent({ keepAlive: true, maxSockets: 100, ...(ca === undefined ? {} : { ca }) });
  return {
    sendRequest: (request) =>
      sendRequest(
        request,
        attemptMs,
        ca === undefined && request.agent instanceof AnyAgent ? request.agent : agent,
      ),
    close: () => agent.destroy(),
  };
}

async function sendRequest(
  request: PipelineRequest,
  attemptMs: number,
  agent: AnyAgent,
): Promise<PipelineResponse> {
  const url = new URL(request.url);
  if (url.protocol !== "https:" && !request.allowInsecureConnection) {
    throw new RestError(`${url.origin} is no https address.`, { code: "ERR_INVALID_PROTOCOL" });
  }
  const given = request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined;
  given?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(given?.reason);
  given?.addEventListener("abort", onAbort, { once: true });
  const late = new RestError("The answer took too long.", { code: "ETIMEDOUT", request });
  const deadline = setTimeout(() => stop.abort(late), attemptMs);
  try {
    const incoming = await send(request, url, agent, stop.signal);
    const headers = createHttpHeaders();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
    const bodyAsText = await readText(incoming, stop.signal);
    return { request, headers, status: incoming.statusCode ?? 0, bodyAsText };
  } catch (error) {
    stop.signal.throwIfAborted();
    if (error instanceof MalformedAnswer) throw error;
    const code =
      error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    throw new RestError(error instanceof Error ? error.message : String(error), {
      code: code ?? RestError.REQUEST_SEND_ERROR,
      request,
    });
  } finally {
    clearTimeout(deadline);
    given?.removeEventListener("abort", onAbort);
  }
}

function send(
  { method, headers, body }: PipelineRequest,
  url: URL,
  agent: AnyAgent,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const bytes = bytesOf(body);
  if (bytes) headers.set("Content-Length", bytes.byteLength);
  const start = url.protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const outgoing = start(url, {
      method,
      headers: headers.toJSON({ preserveCase: true }),
      signal,
      ...(url.protocol === "https:" ? { agent } : {}),
    });
    outgoing.once("response", resolve);
    // Kept for as long as the request lives: a socket may fail after it has answered, too.
    outgoing.on("error", reject);
    outgoing.end(bytes);
  });
}

function bytesOf(body: PipelineRequest["body"]): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError("Only a text or bytes can be sent.");
}

async function readText(incoming: IncomingMessage, signal: AbortSignal): Promise<string> {
  let body: Buffer = Buffer.alloc(0);
  const collect = async (source: AsyncIterable<Buffer>) => {
    body = await readBounded(source);
  };
  const encoding = incoming.headers["content-encoding"];
  if (encoding === "gzip") await pipeline(incoming, createGunzip(), collect, { signal });
  else if (encoding === "deflate") await pipeline(incoming, createInflate(), collect, { signal });
  else await pipeline(incoming, collect, { signal });
  return body.toString("utf8");
}
