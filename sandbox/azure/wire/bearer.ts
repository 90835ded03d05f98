import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import { AzureError } from "#sandbox/azure/model.ts";
import type { Audience, Bearer, TokenBook } from "./tokens.ts";

/** Who is calling. Throws a 401, with the challenge that clients look for, for anybody else's token. */
export function readBearer(request: WireRequest, audience: Audience, tokens: TokenBook, now: Date): Bearer {
  const header = request.headers.authorization ?? "";
  const [scheme, token = ""] = header.split(" ");
  if (scheme?.toLowerCase() !== "bearer" || token === "") {
    throw new AzureError(
      401,
      audience === "graph" ? "InvalidAuthenticationToken" : "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
      challenge("invalid_request"),
    );
  }
  const bearer = tokens.find(token);
  if (!bearer) throw refused("InvalidAuthenticationToken", "The access token is invalid.");
  if (bearer.audience !== audience) {
    const code = audience === "graph" ? "InvalidAuthenticationToken" : "InvalidAuthenticationTokenAudience";
    throw refused(code, "The access token has been obtained for wrong audience or resource.");
  }
  if (bearer.expiresAt <= now) throw expiredToken(audience);
  return bearer;
}

export const expiredToken = (audience: Audience): AzureError =>
  audience === "graph"
    ? refused("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
    : refused(
        "ExpiredAuthenticationToken",
        "The access token expiry UTC time is earlier than current UTC time.",
      );

const refused = (code: string, message: string): AzureError =>
  new AzureError(401, code, message, challenge("invalid_token"));

const challenge = (error: string): Record<string, string> => ({
  "www-authenticate": `Bearer authorization_uri="https://login.windows.net/", error="${error}", error_description="${error}"`,
});
