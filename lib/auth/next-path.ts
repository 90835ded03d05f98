const base = "http://parapet.invalid";

/**
 * Where to go after signing in: the path asked for if it stays on this origin, else the front page. Sign-in itself is no
 * destination. Parsed as browsers do, so `//host`, `/\host` and `https:host` don't pass for paths.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  if (url.origin !== base || /^\/(sign-in|setup|api)(\/|$)/.test(url.pathname)) return "/";
  // A path may still begin with two slashes after dots are resolved (`/.//host`), which a browser takes for a host.
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") ? "/" : path;
}
