import { type GcpCaller, isGoogleHost } from "./calls.ts";
import type { RefreshingToken } from "./tokens.ts";

/** A request as Google's HTTP library has prepared it, in any of the versions that its packages bring along. */
type PreparedRequest = {
  url: URL;
  method?: string | undefined;
  headers: Headers;
  body?: unknown;
  signal?: AbortSignal | null | undefined;
  retry?: unknown;
  retryConfig?: unknown;
};

/**
 * Lets Google's SDK make its calls through an account's caller. The SDK builds the request and reads the answer; token,
 * sockets, limits and retries are the caller's.
 */
export const sdkAdapter = (caller: GcpCaller, token: RefreshingToken) => (prepared: PreparedRequest) =>
  send(caller, prepared, token);

/**
 * The same for requests by which the SDK gets itself a token, and which bring what they need. What asks the machine's
 * surroundings, such as another cloud's metadata service, goes there as the library would have sent it.
 */
export const tokenAdapter =
  (caller: GcpCaller) =>
  <T>(prepared: PreparedRequest, sendDirectly: (prepared: never) => Promise<T>): Promise<T> =>
    isGoogleHost(prepared.url) ? send(caller, prepared, null, "tokens") : sendDirectly(prepared as never);

async function send(
  caller: GcpCaller,
  prepared: PreparedRequest,
  token: RefreshingToken | null,
  limited?: string,
): Promise<never> {
  // The library would retry on top of the caller, which has been patient already.
  prepared.retry = false;
  prepared.retryConfig = undefined;
  const { status, headers, data } = await caller.call(
    {
      method: prepared.method ?? "GET",
      url: prepared.url,
      headers: Object.fromEntries(prepared.headers),
      body: bodyOf(prepared.body),
      signal: prepared.signal ?? undefined,
    },
    token,
    limited,
  );
  const answer = { config: prepared, status, statusText: "", headers: new Headers(headers), data };
  return answer as never;
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || body === null || body === "") return undefined;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new Error("The SDK sends a body that is neither text nor a form.");
}
