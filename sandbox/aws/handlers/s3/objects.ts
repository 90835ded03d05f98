import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { GetObjectCommandOutput, PutObjectCommandInput } from "@aws-sdk/client-s3";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { takePage } from "../paging.ts";
import { findBucket, type StoredObject } from "./state.ts";

/** Objects, as far as reports and evidence put into a bucket need them. */
export const objectHandlers = {
  PutObject: async (input, call) => {
    const bucket = findBucket(input, call);
    const body = await readBody(input.Body);
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    bucket.objects.set(input.Key ?? "", {
      body,
      etag,
      contentType: input.ContentType ?? "binary/octet-stream",
      lastModified: call.now,
      metadata: input.Metadata ?? {},
    });
    return { ETag: etag };
  },
  GetObject: (input, call) => {
    const object = findObject(input, call);
    // The wire layer sends the bytes; only a client makes a stream of them.
    const Body = object.body as unknown as NonNullable<GetObjectCommandOutput["Body"]>;
    return { Body, ...describeObject(object) };
  },
  HeadObject: (input, call) => describeObject(findObject(input, call)),
  DeleteObject: (input, call) => {
    findBucket(input, call).objects.delete(input.Key ?? "");
    return {};
  },
  ListObjectsV2: (input, call) => {
    const objects = [...findBucket(input, call).objects]
      .filter(([key]) => key.startsWith(input.Prefix ?? "") && key > (input.StartAfter ?? ""))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const page = takePage(objects, {
      token: input.ContinuationToken,
      max: input.MaxKeys,
      key: ([key]) => key,
      badToken: "InvalidArgument",
    });
    return {
      Name: input.Bucket,
      Prefix: input.Prefix ?? "",
      MaxKeys: input.MaxKeys ?? 1000,
      KeyCount: page.items.length,
      IsTruncated: page.next !== undefined,
      ContinuationToken: input.ContinuationToken,
      NextContinuationToken: page.next,
      Contents: page.items.map(([Key, object]) => ({
        Key,
        LastModified: object.lastModified,
        ETag: object.etag,
        Size: object.body.length,
        StorageClass: "STANDARD" as const,
      })),
    };
  },
} satisfies Operations<typeof import("@aws-sdk/client-s3")>;

function findObject(input: { Bucket?: string; Key?: string }, call: Call): StoredObject {
  const object = findBucket(input, call).objects.get(input.Key ?? "");
  if (!object) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  return object;
}

function describeObject(object: StoredObject) {
  return {
    AcceptRanges: "bytes",
    LastModified: object.lastModified,
    ContentLength: object.body.length,
    ETag: object.etag,
    ContentType: object.contentType,
    Metadata: object.metadata,
  };
}

async function readBody(body: PutObjectCommandInput["Body"]): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  return new Uint8Array(await new Response(body instanceof Readable ? streamOf(body) : body).arrayBuffer());
}

function streamOf(body: Readable): BodyInit {
  return Readable.toWeb(body) as unknown as ReadableStream<Uint8Array>;
}
