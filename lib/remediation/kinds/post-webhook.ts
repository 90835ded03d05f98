import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { isLoopback } from "#lib/env.ts";
import { ActionRefused, TryLater } from "../action-handler.ts";
import { isPublicAddress, NotPublic, publicLookup } from "./public-address.ts";

export type WebhookPost = {
  url: string;
  /** The same at each attempt, so that the receiver can tell a repetition. */
  id: string;
  body: string;
  /** In Base64; each signs, so that a receiver may still have the older one. */
  secrets: readonly string[];
  timeoutMs: number;
  signal: AbortSignal;
  /** For tests: this machine may be reached, and without TLS. */
  allowLoopback?: boolean;
};

/** More of an answer than this is of no use to anybody. */
const longestAnswer = 65_536;

/** Why a URL won't do for a webhook, or null. */
export function urlProblem(url: string, { allowLoopback = false } = {}): string | null {
  if (!URL.canParse(url)) return "It is no URL.";
  const { protocol, hostname, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (allowLoopback && isLoopback(host)) return null;
  if (protocol !== "https:") return "A webhook's URL begins with https.";
  if (username || password) return "A webhook's URL may hold no user or password.";
  if (isLoopback(host) || (isIP(host) && !isPublicAddress(host))) {
    return "A webhook goes to the public internet, not to this machine or its network.";
  }
  return null;
}

/** The headers by which a receiver can tell who sent it, as Standard Webhooks 1.0 has them. */
export function signatureHeaders(id: string, body: string, secrets: readonly string[], at: Date) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac("sha256", Buffer.from(secret, "base64")).update(`${id}.${timestamp}.${body}`);
    return `v1,${mac.digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}

/**
 * Sends a webhook and returns the status of the answer, which is 2xx. Follows no redirect. Throws `TryLater` when nobody
 * answered or the receiver asks for patience, `ActionRefused` when it won't have it.
 */
export async function postWebhook(post: WebhookPost): Promise<number> {
  const { allowLoopback = false, id, body, secrets } = post;
  const problem = urlProblem(post.url, { allowLoopback });
  if (problem) throw new ActionRefused("denied", problem);
  const headers = signatureHeaders(id, body, secrets, new Date());
  const status = await postJson({ ...post, headers }).catch((error: unknown) => {
    if (error instanceof NotPublic) {
      throw new ActionRefused("denied", `The webhook was not sent: ${error.message}`, { cause: error });
    }
    post.signal.throwIfAborted();
    throw new TryLater(unreachable(post.url, error), { cause: error });
  });
  if (status >= 200 && status < 300) return status;
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    throw new TryLater(refusal(status));
  }
  throw new ActionRefused("failed", refusal(status));
}

/** What a status that isn't 2xx means, in words. */
export function refusal(status: number): string {
  const moved =
    status >= 300 && status < 400 ? " Redirects are not followed: set the address that it moved to." : "";
  return `The receiver answered ${status}.${moved}`;
}

/** Why nobody answered, in words; the rest of the URL may be secret. */
export function unreachable(url: string, error: unknown): string {
  const why = error instanceof Error && error.message !== "" ? error.message : codeOf(error);
  return `${new URL(url).hostname} could not be reached: ${why}`;
}

/** Of a name with several addresses, of which none answered, there is a code alone. */
const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "no reason given";

export type JsonPost = {
  /** One that `urlProblem` has nothing against. */
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
  signal: AbortSignal;
  allowLoopback?: boolean;
};

/**
 * Posts JSON to a host of the public internet and returns the status of the answer, whatever it is. Follows no redirect,
 * and reads little of what is answered. Throws `NotPublic` where the name leads elsewhere, or what the socket says.
 */
export function postJson(post: JsonPost): Promise<number> {
  const { url, body, headers, timeoutMs, signal, allowLoopback = false } = post;
  const isAllowed = (address: string) => isPublicAddress(address) || (allowLoopback && isLoopback(address));
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        // No agent: a socket that is kept would skip the judging of where the name leads.
        agent: false,
        lookup: publicLookup(isAllowed),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Parapet",
          ...headers,
        },
      },
      (answer) => {
        let length = 0;
        answer.on("data", (chunk: Buffer) => {
          length += chunk.length;
          // The status is all that counts.
          if (length > longestAnswer) answer.destroy();
        });
        answer.once("error", () => undefined);
        answer.once("close", () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}
