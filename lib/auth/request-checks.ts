import { isLoopback } from "#lib/env.ts";
import { DomainError } from "../errors.ts";

/**
 * Why a request is refused before anything looks at it, or `null`. In sandbox mode anyone may sign in, so a page of some
 * other site must not reach it by pointing its own name at this machine (DNS rebinding): only loopback names are served.
 */
export function hostRefusal(host: string | null, options: { sandbox: boolean }): string | null {
  if (!options.sandbox) return null;
  if (host !== null && isLoopbackHost(host)) return null;
  return "In sandbox mode Parapet answers on this machine alone. Open it as localhost or 127.0.0.1.";
}

/** Takes a Host header: a name or address with or without a port. */
function isLoopbackHost(host: string): boolean {
  const match = /^(?:\[(?<v6>[0-9a-f:]+)\]|(?<name>[a-z0-9.-]+))(?::\d{1,5})?$/i.exec(host);
  const name = match?.groups?.v6 ?? match?.groups?.name;
  return name !== undefined && isLoopback(name.toLowerCase());
}

/**
 * Lets a route handler that writes answer this origin's own pages alone. A browser always names the origin of such a
 * request; what sends none is no browser, holds no one's cookies by accident, and is refused all the same.
 */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (origin !== null && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new DomainError(
    "forbidden",
    "Nothing was changed: the request did not come from this site's own pages.",
  );
}

/**
 * The client's address, or null. Of several forwarded ones the last is the one that the nearest proxy saw itself; those
 * before it are whatever the client cared to write.
 */
export function clientAddress(headers: Headers): string | null {
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return forwarded ? forwarded.replace(/^::ffff:/i, "").slice(0, 45) : null;
}
