import { sessionLifetimeSeconds } from "./session-lifetime.ts";

/**
 * The session's cookie: out of scripts' reach, not sent along with other sites' writes, and over TLS alone where the
 * installation has it, when the prefix also ties it to this very host.
 */
export function sessionCookie(authUrl: string) {
  const secure = authUrl.startsWith("https:");
  return {
    name: secure ? "__Host-parapet-session" : "parapet-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: sessionLifetimeSeconds },
  } as const;
}

/** The cookie that pairs with the token of a sign-in form. */
export function csrfCookie(authUrl: string) {
  const secure = authUrl.startsWith("https:");
  return {
    name: secure ? "__Host-parapet-csrf" : "parapet-csrf",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}
