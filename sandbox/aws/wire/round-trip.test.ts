/**
 * Every operation of every service in use, there and back: a sampled input sent by the real client must reach the handler
 * as it was, and a sampled output must come back to the client as the handler gave it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Service } from "#sandbox/aws/model.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { describeService } from "./describe-service.ts";
import { sampleBlob, sampleValue, seedRandom } from "./sample-values.ts";
import { adminKey, buildTinyEstate, makeService, type SdkName, sdkNames } from "./tiny-estate.ts";

type Client = { send: (command: object) => Promise<Record<string, unknown>>; destroy: () => void };

/** Operations that the client sends elsewhere than to the endpoint it was given, and one that answers in events. */
const untried: Partial<Record<SdkName, string[]>> = {
  s3: ["ListDirectoryBuckets", "SelectObjectContent", "WriteGetObjectResponse"],
};

/** What clients check or change by themselves before they send; `undefined` members are left out. */
const checksums = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "MD5",
  "SHA1",
  "SHA256",
  "SHA512",
  "XXHASH3",
  "XXHASH64",
  "XXHASH128",
];
const fixed: Partial<Record<SdkName, Record<string, unknown>>> = {
  s3: {
    Bucket: "my-bucket",
    Key: "folder/a b+c.txt",
    ChecksumAlgorithm: "CRC32",
    ChecksumMode: "ENABLED",
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    Metadata: { alpha: "a/b c" },
    ContentLength: sampleBlob.length,
    Expires: undefined,
    ...Object.fromEntries(checksums.map((algorithm) => [`Checksum${algorithm}`, undefined])),
    SSECustomerKey: undefined,
    SSECustomerKeyMD5: undefined,
    CopySourceSSECustomerKey: undefined,
    CopySourceSSECustomerKeyMD5: undefined,
  },
  s3control: { AccountId: "111122223333", Bucket: "my-bucket", Name: "access-point" },
};

describe.each(sdkNames)("%s", (name) => {
  const sdk = makeService(name, {}).sdk;
  const description = describeService(sdk);
  const seen = new Map<string, unknown>();
  const outputs = new Map<string, object>();
  let sandbox: Sandbox;
  let client: Client;

  beforeAll(async () => {
    const handlers = Object.fromEntries(
      [...description.operations.keys()].map((operation) => [
        operation,
        (input: Record<string, unknown>) => {
          seen.set(operation, input);
          return outputs.get(operation) ?? {};
        },
      ]),
    );
    const service: Service = makeService(name, handlers);
    sandbox = await startSandbox({ estate: buildTinyEstate(), services: [service] });
    const [, Client] = Object.entries(sdk).find(([key]) => /^[A-Z]\w*Client$/.test(key)) ?? [];
    client = new (Client as new (options: object) => Client)({
      endpoint: sandbox.url,
      region: "eu-west-1",
      credentials: adminKey,
      maxAttempts: 1,
      ...(name === "s3control" ? { endpointProvider: () => ({ url: new URL(sandbox.url) }) } : {}),
    });
  });
  afterAll(async () => {
    client.destroy();
    await sandbox.close();
  });

  const operations = [...description.operations].filter(([operation]) => !untried[name]?.includes(operation));
  test.each(operations)("%s", async (_name, operation) => {
    const options = { maxDepth: 4, fixed: fixed[name] ?? {} };
    const input = sampleValue(operation.input, seedRandom(`${operation.name} in`), options) as object;
    const output = sampleValue(operation.output, seedRandom(`${operation.name} out`), options) as object;
    outputs.set(operation.name, output);
    const Command = sdk[`${operation.name}Command`] as new (input: object) => object;
    const { $metadata, ...received } = await client.send(new Command(structuredClone(input)));
    // The S3 client adds checksums and a content type of its own to bodies.
    if (name === "s3") expect(seen.get(operation.name)).toMatchObject(input);
    else expect(seen.get(operation.name)).toEqual(input);
    expect(await readStreams(received)).toEqual(output);
  });
});

/** Bodies that the client hands over as streams, as the bytes they hold. */
async function readStreams(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(output).map(async ([name, value]) => [
    name,
    isStream(value) ? await value.transformToByteArray() : value,
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function isStream(value: unknown): value is { transformToByteArray: () => Promise<Uint8Array> } {
  return typeof value === "object" && value !== null && "transformToByteArray" in value;
}
