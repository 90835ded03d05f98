import { randomBytes } from "node:crypto";

export type IssuedToken = {
  email: string;
  scopes: string[];
  expiresAt: Date;
};

/** Access tokens last an hour, as Google's do. */
export const tokenLifetimeSeconds = 3_600;

/** The access tokens that the sandbox has given out. */
export class TokenStore {
  readonly #tokens = new Map<string, IssuedToken>();

  issue(email: string, scopes: string[], now: Date, lifetimeSeconds = tokenLifetimeSeconds): string {
    const value = `ya29.sandbox-${randomBytes(24).toString("base64url")}`;
    this.#tokens.set(value, { email, scopes, expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000) });
    return value;
  }

  /** The token, if it was given out here and still holds. */
  find(value: string, now: Date): IssuedToken | null {
    const token = this.#tokens.get(value);
    return token && token.expiresAt > now ? token : null;
  }
}
