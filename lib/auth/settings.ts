import { authSecret } from "../auth-secret.ts";
import { env } from "../env.ts";
import type { AuthSettings } from "./next-auth.ts";

/** The installation's own settings for signing in. */
export function authSettings(): AuthSettings {
  return { secret: authSecret(), authUrl: env().authUrl };
}
