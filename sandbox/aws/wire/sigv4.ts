/**
 * Verifies AWS Signature Version 4, in the Authorization header and in presigned queries.
 * Source: the AWS General Reference, "Create a signed AWS API request".
 */
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import type { AwsEstate, Principal } from "#sandbox/aws/model.ts";
import { FrontError } from "./error-codes.ts";
import { readHeader, type WireRequest } from "./http-request.ts";

const algorithm = "AWS4-HMAC-SHA256";
const maxSkewMs = 15 * 60 * 1000;
const maxPresignedSeconds = 7 * 24 * 3600;
/** Payload "hashes" that stand for a body which is not hashed as a whole. */
const unhashedPayload = /^(UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/;

/** What a request claims about its signer, before anything is verified. */
export type Claim = {
  accessKeyId: string;
  date: string;
  region: string;
  signingName: string;
  signedHeaders: string[];
  signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  timestamp: string;
  sessionToken: string | undefined;
  presignedSeconds: number | undefined;
};

/** Throws `FrontError` when the request claims nothing, or claims it incompletely. */
export function readClaim(request: WireRequest): Claim {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return readHeaderClaim(request, authorization);
  if (request.query.has("X-Amz-Signature")) return readQueryClaim(request);
  throw new FrontError("missing-authentication");
}

function readHeaderClaim(request: WireRequest, authorization: string): Claim {
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  if (!match) throw new FrontError("incomplete-signature", `Authorization is not of ${algorithm}'s form.`);
  const [, credential = "", signedHeaders = "", signature = ""] = match;
  const dated = readHeader(request, "x-amz-date") ?? toTimestamp(readHeader(request, "date"));
  return {
    ...readCredential(credential),
    signedHeaders: signedHeaders.split(";"),
    signature,
    timestamp: dated ?? "",
    sessionToken: readHeader(request, "x-amz-security-token"),
    presignedSeconds: undefined,
  };
}

function readQueryClaim({ query }: WireRequest): Claim {
  const read = (name: string) => query.get(name)?.[0] ?? "";
  if (read("X-Amz-Algorithm") !== algorithm) {
    throw new FrontError("incomplete-signature", `X-Amz-Algorithm is not ${algorithm}.`);
  }
  return {
    ...readCredential(read("X-Amz-Credential")),
    signedHeaders: read("X-Amz-SignedHeaders").split(";"),
    signature: read("X-Amz-Signature"),
    timestamp: read("X-Amz-Date"),
    sessionToken: query.get("X-Amz-Security-Token")?.[0],
    presignedSeconds: Number(read("X-Amz-Expires")),
  };
}

function readCredential(credential: string): Pick<Claim, "accessKeyId" | "date" | "region" | "signingName"> {
  const parts = credential.split("/");
  const [accessKeyId, date, region, signingName, end] = parts;
  if (parts.length !== 5 || !accessKeyId || !date || !region || !signingName || end !== "aws4_request") {
    throw new FrontError(
      "incomplete-signature",
      "The credential is not of the form key/date/region/service/aws4_request.",
    );
  }
  return { accessKeyId, date, region, signingName };
}

function toTimestamp(httpDate: string | undefined): string | undefined {
  const date = httpDate === undefined ? undefined : new Date(httpDate);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().replace(/[-:]|\.\d{3}/g, "") : undefined;
}

/** Throws `FrontError` unless the claim is true at `now`. */
export function verifySignature(request: WireRequest, claim: Claim, estate: AwsEstate, now: Date): Principal {
  const credential = estate.credentials.get(claim.accessKeyId);
  if (!credential) throw new FrontError("unknown-key");
  checkTime(claim, now);
  if (!claim.signedHeaders.includes("host")) {
    throw new FrontError("bad-signature", "The host header must be signed.");
  }
  const canonical = writeCanonicalRequest(request, claim);
  const scope = `${claim.date}/${claim.region}/${claim.signingName}/aws4_request`;
  const toSign = `${algorithm}\n${claim.timestamp}\n${scope}\n${hash("sha256", canonical)}`;
  const key = deriveKey(credential.secretAccessKey, claim);
  const expected = createHmac("sha256", key).update(toSign).digest();
  const given = Buffer.from(claim.signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new FrontError("bad-signature");
  if (credential.sessionToken !== claim.sessionToken) throw new FrontError("bad-token");
  if (credential.expiresAt && credential.expiresAt.getTime() <= now.getTime())
    throw new FrontError("expired-token");
  return credential.principal;
}

function checkTime(claim: Claim, now: Date): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.timestamp);
  if (!match || !claim.timestamp.startsWith(claim.date)) {
    throw new FrontError(
      "incomplete-signature",
      "The request's date is missing, malformed, or not the credential's.",
    );
  }
  const [, year, month, day, hour, minute, second] = match;
  const signedAt = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const ageMs = now.getTime() - signedAt;
  const { presignedSeconds } = claim;
  if (presignedSeconds === undefined) {
    if (Math.abs(ageMs) > maxSkewMs) throw skewed(claim, now);
    return;
  }
  if (!(presignedSeconds >= 1 && presignedSeconds <= maxPresignedSeconds)) {
    throw new FrontError("incomplete-signature", "X-Amz-Expires must be between 1 and 604800 seconds.");
  }
  if (ageMs < -maxSkewMs || ageMs > presignedSeconds * 1000) throw skewed(claim, now);
}

function skewed(claim: Claim, now: Date): FrontError {
  const at = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  return new FrontError(
    "skewed-clock",
    `Signature expired: ${claim.timestamp} is too far from ${at} (15 min.)`,
  );
}

function writeCanonicalRequest(request: WireRequest, claim: Claim): string {
  const isS3 = claim.signingName === "s3";
  let headers = "";
  for (const name of claim.signedHeaders) {
    headers += `${name}:${(readHeader(request, name) ?? "").trim().replace(/\s+/g, " ")}\n`;
  }
  const path = isS3 ? request.rawPath : escapeUri(normalisePath(request.rawPath)).replaceAll("%2F", "/");
  const query = writeCanonicalQuery(request);
  return `${request.method}\n${path}\n${query}\n${headers}\n${claim.signedHeaders.join(";")}\n${hashPayload(request, claim, isS3)}`;
}

function hashPayload(request: WireRequest, claim: Claim, isS3: boolean): string {
  const declared = readHeader(request, "x-amz-content-sha256");
  if (declared !== undefined && unhashedPayload.test(declared)) return declared;
  if (declared === undefined && claim.presignedSeconds !== undefined && isS3) return "UNSIGNED-PAYLOAD";
  const computed = hash("sha256", request.body);
  if (declared !== undefined && declared !== computed) throw new FrontError("bad-payload-hash");
  return computed;
}

function writeCanonicalQuery(request: WireRequest): string {
  if (request.rawQuery === "") return "";
  const pairs: string[] = [];
  for (const [name, values] of request.query) {
    if (name === "X-Amz-Signature") continue;
    for (const value of values) pairs.push(`${escapeUri(name)}=${escapeUri(value)}`);
  }
  return pairs.sort(compareCanonicalPairs).join("&");
}

/** By name and then value; `=` would sort between them otherwise (`a=1` after `a-b=1`). */
function compareCanonicalPairs(a: string, b: string): number {
  const left = a.replace("=", "\0");
  const right = b.replace("=", "\0");
  return left < right ? -1 : left > right ? 1 : 0;
}

/** RFC 3986: everything but unreserved characters is encoded. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Every service but S3 signs the path without empty and dot segments. */
function normalisePath(path: string): string {
  if (path === "/" || !/\/\/|\/\./.test(path)) return path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}${path.endsWith("/") && kept.length > 0 ? "/" : ""}`;
}

/** A key holds for a day, region and service, so few are ever derived; the bound only guards against odd clients. */
const derivedKeys = new Map<string, KeyObject>();
const maxDerivedKeys = 2000;

function deriveKey(secret: string, { date, region, signingName }: Claim): KeyObject {
  const id = `${secret}/${date}/${region}/${signingName}`;
  const known = derivedKeys.get(id);
  if (known) return known;
  let bytes = Buffer.from(`AWS4${secret}`);
  for (const part of [date, region, signingName, "aws4_request"]) {
    bytes = createHmac("sha256", bytes).update(part).digest();
  }
  if (derivedKeys.size >= maxDerivedKeys) derivedKeys.clear();
  const key = createSecretKey(bytes);
  derivedKeys.set(id, key);
  return key;
}
