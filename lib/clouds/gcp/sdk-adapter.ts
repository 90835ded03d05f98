import type { GcpCaller } from "./calls.ts";
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
 *
 * @param token `null` for requests that bring what they need, as those for a token do.
 */
export function sdkAdapter(caller: GcpCaller, token: RefreshingToken | null) {
  return async (prepared: PreparedRequest): Promise<never> => {
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
    );
    const answer = { config: prepared, status, statusText: "", headers: new Headers(headers), data };
    return answer as never;
  };
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || body === null || body === "") return undefined;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new Error("The SDK sends a body that is neither text nor a form.");
}
