import { required } from "#lib/inventory/answers.ts";
import type { GcpCaller } from "./calls.ts";
import { type AccessToken, assumedLifetimeMs } from "./tokens.ts";

/** Everything that is read lies within this scope; the second names the caller. What may be done is IAM's to say. */
export const scopes = [
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/userinfo.email",
];

/** Asks one of Google's token endpoints for an access token. */
export async function requestToken(
  caller: GcpCaller,
  url: URL,
  form: Record<string, string>,
): Promise<AccessToken> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(form).toString();
  const { data } = await caller.call({ method: "POST", url, headers, body }, null, "tokens");
  const { access_token, expires_in } = fieldsOf(data);
  const lifetimeMs = typeof expires_in === "number" ? expires_in * 1000 : assumedLifetimeMs;
  return { value: required(access_token, "access_token"), expiresAt: Date.now() + lifetimeMs };
}

type TokenFields = {
  access_token?: string;
  expires_in?: number;
  accessToken?: string;
  expireTime?: string;
};

/** The fields of a token's answer that are of the type they should be. */
export function fieldsOf(data: object): TokenFields {
  const typed = { access_token: "string", expires_in: "number", accessToken: "string", expireTime: "string" };
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, type]) => {
      const value: unknown = Reflect.get(data, name);
      return typeof value === type ? [[name, value]] : [];
    }),
  );
}
