import { constants, createHash, verify, X509Certificate } from "node:crypto";
import type { ServicePrincipal } from "#sandbox/azure/model.ts";

/** What is wrong with a login, as Microsoft Entra numbers it. */
export type LoginProblem = { code: string; text: string };

/**
 * Checks a client's signed assertion (RFC 7523): who it speaks for, for whom, until when, and by which certificate.
 *
 * @param tokenUrls Where it may be meant for.
 */
export function checkAssertion(
  assertion: string,
  principal: ServicePrincipal,
  tokenUrls: readonly string[],
  now: Date,
): LoginProblem | null {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const header = decode(head);
  const claims = decode(body);
  if (!header || !claims) return wrong("AADSTS50027", "JWT token is invalid or malformed.");
  const certificate = principal.certificates.find((pem) => isNamed(header, new X509Certificate(pem)));
  if (!certificate) {
    return wrong(
      "AADSTS700027",
      `The certificate with identifier used to sign the client assertion is not registered on application '${principal.appId}'.`,
    );
  }
  const { publicKey } = new X509Certificate(certificate);
  const key =
    header.alg === "PS256"
      ? {
          key: publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : { key: publicKey };
  const signed = Buffer.from(`${head}.${body}`);
  if (
    (header.alg !== "PS256" && header.alg !== "RS256") ||
    !verify("sha256", signed, key, Buffer.from(signature, "base64url"))
  ) {
    return wrong("AADSTS700027", "Client assertion failed signature validation.");
  }
  const seconds = now.getTime() / 1000;
  if (typeof claims.exp !== "number" || claims.exp < seconds) {
    return wrong("AADSTS700024", "Client assertion is not within its valid time range.");
  }
  if (claims.iss !== principal.appId || claims.sub !== principal.appId) {
    return wrong(
      "AADSTS700021",
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    );
  }
  if (!tokenUrls.some((url) => url === claims.aud)) {
    return wrong("AADSTS700023", "Client assertion audience claim does not match realm issuer.");
  }
  return null;
}

const wrong = (code: string, text: string): LoginProblem => ({ code, text });

/** By SHA-256 thumbprint, or by the SHA-1 one of older clients. */
function isNamed(header: Record<string, unknown>, certificate: X509Certificate): boolean {
  const digest = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest("base64url");
  return header["x5t#S256"] === digest("sha256") || header.x5t === digest("sha1");
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
