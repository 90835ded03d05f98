/** The examples are AWS's own, from "Signature Calculations" of the S3 API Reference and the AWS General Reference. */
import { expect, test } from "vitest";
import type { AwsEstate } from "#sandbox/aws/model.ts";
import type { FrontError } from "./error-codes.ts";
import type { WireRequest } from "./http-request.ts";
import { readClaim, verifySignature } from "./sigv4.ts";
import { adminKey, buildTinyEstate, production } from "./tiny-estate.ts";

const principal = {
  account: production,
  arn: `arn:aws:iam::${production}:user/admin`,
  accessKeyId: adminKey.accessKeyId,
};
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const host = "examplebucket.s3.amazonaws.com";
const at = new Date("2013-05-24T00:00:00Z");
const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

function request(given: Partial<WireRequest>): WireRequest {
  const rawQuery = given.rawQuery ?? "";
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawQuery))
    query.set(name, [...(query.get(name) ?? []), value]);
  return { method: "GET", rawPath: "/", headers: {}, body: Buffer.alloc(0), ...given, rawQuery, query };
}

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

function verify(given: WireRequest, now = at, estate: AwsEstate = buildTinyEstate()) {
  return verifySignature(given, readClaim(given), estate, now);
}

function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as FrontError).fault;
  }
  return "none";
}

const getObject = request({
  rawPath: "/test.txt",
  headers: {
    host,
    range: "bytes=0-9",
    "x-amz-content-sha256": emptyHash,
    "x-amz-date": "20130524T000000Z",
    authorization: authorization(
      "host;range;x-amz-content-sha256;x-amz-date",
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ),
  },
});

const putObject = request({
  method: "PUT",
  rawPath: "/test%24file.text",
  body: Buffer.from("Welcome to Amazon S3."),
  headers: {
    host,
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    "x-amz-date": "20130524T000000Z",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    authorization: authorization(
      "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    ),
  },
});

const plainHeaders = (signature: string) => ({
  host,
  "x-amz-content-sha256": emptyHash,
  "x-amz-date": "20130524T000000Z",
  authorization: authorization("host;x-amz-content-sha256;x-amz-date", signature),
});
const getLifecycle = request({
  rawQuery: "lifecycle",
  headers: plainHeaders("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
});
const listObjects = request({
  rawQuery: "max-keys=2&prefix=J",
  headers: plainHeaders("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
});
const presigned = request({
  rawPath: "/test.txt",
  rawQuery: `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host },
});

test.each([
  ["GET Object", getObject],
  ["PUT Object", putObject],
  ["GET Bucket Lifecycle", getLifecycle],
  ["Get Bucket (List Objects)", listObjects],
  ["a presigned URL", presigned],
])("AWS's example verifies: %s", (_name, given) => {
  expect(verify(given)).toEqual(principal);
});

test("AWS's example of IAM ListUsers verifies", () => {
  const estate = buildTinyEstate();
  const lister = { ...principal, accessKeyId: "AKIDEXAMPLE" };
  const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  estate.credentials.set("AKIDEXAMPLE", { secretAccessKey, principal: lister });
  const given = request({
    rawQuery: "Action=ListUsers&Version=2010-05-08",
    headers: {
      host: "iam.amazonaws.com",
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    },
  });
  expect(verify(given, new Date("2015-08-30T12:40:00Z"), estate)).toEqual(lister);
});

const withHeaders = (given: WireRequest, headers: Record<string, string>) => ({
  ...given,
  headers: { ...given.headers, ...headers },
});

test.each<[string, WireRequest, string]>([
  ["another path", { ...getObject, rawPath: "/other.txt" }, "bad-signature"],
  ["another method", { ...getObject, method: "DELETE" }, "bad-signature"],
  ["another signed header", withHeaders(getObject, { range: "bytes=0-99" }), "bad-signature"],
  ["another query", request({ ...listObjects, rawQuery: "max-keys=3&prefix=J" }), "bad-signature"],
  ["another body", { ...putObject, body: Buffer.from("Welcome to Amazon S4.") }, "bad-payload-hash"],
  ["another host", withHeaders(presigned, { host: "other.s3.amazonaws.com" }), "bad-signature"],
  ["no signature", request({}), "missing-authentication"],
  [
    "a signature of another scheme",
    request({ headers: { authorization: "Bearer x" } }),
    "incomplete-signature",
  ],
  ["a token that the key has not", withHeaders(getObject, { "x-amz-security-token": "t" }), "bad-token"],
])("%s is refused", (_name, given, fault) => {
  expect(faultOf(() => verify(given))).toBe(fault);
});

test("a request is good for a quarter of an hour before and after its date", () => {
  const after = (minutes: number, given = getObject) =>
    faultOf(() => verify(given, new Date(at.getTime() + minutes * 60_000)));
  expect([after(-16), after(-15), after(15), after(16)]).toEqual([
    "skewed-clock",
    "none",
    "none",
    "skewed-clock",
  ]);
  expect([after(24 * 60, presigned), after(24 * 60 + 1, presigned)]).toEqual(["none", "skewed-clock"]);
});

test("an unknown key and an expired session are told apart", () => {
  const estate = buildTinyEstate();
  const credential = estate.credentials.get(adminKey.accessKeyId);
  if (!credential) throw new Error("The estate has no key.");
  credential.expiresAt = at;
  expect(faultOf(() => verify(getObject, at, estate))).toBe("expired-token");
  estate.credentials.clear();
  expect(faultOf(() => verify(getObject, at, estate))).toBe("unknown-key");
});
