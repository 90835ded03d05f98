/** How long a sign-in may take, from the button to the way back. */
const minutes = 15;

/**
 * What a browser keeps while it is at the provider: next-auth's three encrypted checks, and where to go afterwards. Lax,
 * since the way back comes from another site.
 */
export function oidcCookies(authUrl: string) {
  const secure = authUrl.startsWith("https:");
  const prefix = secure ? "__Host-" : "";
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: minutes * 60 } as const;
  const cookie = (name: string) => ({ name: `${prefix}parapet-oidc-${name}`, options });
  return {
    state: cookie("state"),
    nonce: cookie("nonce"),
    pkceCodeVerifier: cookie("verifier"),
    next: cookie("next"),
  };
}

/** The names, for clearing them once they have served. */
export const oidcCookieNames = (authUrl: string): string[] =>
  Object.values(oidcCookies(authUrl)).map(({ name }) => name);
