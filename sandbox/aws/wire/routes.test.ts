import * as s3 from "@aws-sdk/client-s3";
import * as s3control from "@aws-sdk/client-s3-control";
import { expect, test } from "vitest";
import { compileService } from "./compile-service.ts";
import type { WireRequest } from "./http-request.ts";
import { pickService, readSpeech, resolveOperation } from "./resolve-operation.ts";

const services = [s3, s3control].map((sdk) =>
  compileService({ sdk: { ...sdk }, signingName: "s3", handlers: {} }),
);

/** Resolves a request line as clients without `x-id` send it. */
function resolve(line: string, headers: Record<string, string> = {}) {
  const [method = "", url = ""] = line.split(" ");
  const [rawPath = "", rawQuery = ""] = url.split("?");
  const query = new Map([...new URLSearchParams(rawQuery)].map(([name, value]) => [name, [value]]));
  const request: WireRequest = {
    method,
    rawPath,
    rawQuery,
    query,
    headers: { host: "127.0.0.1:4600", ...headers },
    body: Buffer.alloc(0),
  };
  const service = pickService(services, request);
  if (!service) throw new Error("No service.");
  const { operation, labels } = resolveOperation(request, readSpeech(request), service);
  return [service.description.name, operation.name, Object.fromEntries(labels)];
}

test.each<[string, string, Record<string, string>]>([
  ["GET /", "ListBuckets", {}],
  ["HEAD /b", "HeadBucket", { Bucket: "b" }],
  ["PUT /b", "CreateBucket", { Bucket: "b" }],
  ["PUT /b/", "CreateBucket", { Bucket: "b" }],
  ["GET /b", "ListObjects", { Bucket: "b" }],
  ["GET /b?list-type=2&prefix=x", "ListObjectsV2", { Bucket: "b" }],
  ["GET /b?policy", "GetBucketPolicy", { Bucket: "b" }],
  ["GET /b?policyStatus", "GetBucketPolicyStatus", { Bucket: "b" }],
  ["GET /b?publicAccessBlock", "GetPublicAccessBlock", { Bucket: "b" }],
  ["GET /b?analytics", "ListBucketAnalyticsConfigurations", { Bucket: "b" }],
  ["GET /b?analytics&id=1", "GetBucketAnalyticsConfiguration", { Bucket: "b" }],
  ["GET /b?versions", "ListObjectVersions", { Bucket: "b" }],
  ["POST /b?delete", "DeleteObjects", { Bucket: "b" }],
  ["GET /b/a/b%20c.txt", "GetObject", { Bucket: "b", Key: "a/b%20c.txt" }],
  ["GET /b/folder/", "GetObject", { Bucket: "b", Key: "folder/" }],
  ["GET /b/k?acl", "GetObjectAcl", { Bucket: "b", Key: "k" }],
  ["GET /b/k?uploadId=u", "ListParts", { Bucket: "b", Key: "k" }],
  ["PUT /b/k", "PutObject", { Bucket: "b", Key: "k" }],
  ["PUT /b/k?partNumber=1&uploadId=u", "UploadPart", { Bucket: "b", Key: "k" }],
  ["DELETE /b/k?uploadId=u", "AbortMultipartUpload", { Bucket: "b", Key: "k" }],
  ["DELETE /b/k", "DeleteObject", { Bucket: "b", Key: "k" }],
  ["POST /b/k?uploads", "CreateMultipartUpload", { Bucket: "b", Key: "k" }],
])("%s is %s", (line, operation, labels) => {
  expect(resolve(line)).toEqual(["s3", operation, labels]);
});

test("a header tells a copy from an upload", () => {
  const source = { "x-amz-copy-source": "b/k" };
  expect(resolve("PUT /b/k", source)).toEqual(["s3", "CopyObject", { Bucket: "b", Key: "k" }]);
  expect(resolve("PUT /b/k?partNumber=1&uploadId=u", source)[1]).toBe("UploadPartCopy");
});

test.each(["my.bucket.localhost:4600", "my.bucket.s3.eu-west-1.amazonaws.com", "my.bucket.127.0.0.1:4600"])(
  "the bucket may stand in the host name: %s",
  (host) => {
    expect(resolve("GET /?acl", { host })).toEqual(["s3", "GetBucketAcl", { Bucket: "my.bucket" }]);
    expect(resolve("GET /a/b", { host })).toEqual(["s3", "GetObject", { Bucket: "my.bucket", Key: "a/b" }]);
  },
);

test("S3 Control is known by its account, in a header or the host name", () => {
  const path = "GET /v20180820/configuration/publicAccessBlock";
  const expected = ["s3control", "GetPublicAccessBlock", {}];
  expect(resolve(path, { "x-amz-account-id": "111122223333" })).toEqual(expected);
  expect(resolve(path, { host: "111122223333.localhost:4600" })).toEqual(expected);
  expect(resolve(path)).toEqual([
    "s3",
    "GetObject",
    { Bucket: "v20180820", Key: "configuration/publicAccessBlock" },
  ]);
});

test("what no operation answers to is told", () => {
  expect(() => resolve("POST /b/k?no-such-thing")).toThrow(/no operation for POST \/b\/k/);
});
