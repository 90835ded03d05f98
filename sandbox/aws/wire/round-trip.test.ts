/**
 * Every operation of every service in use, there and back: a sampled input sent by the real client must reach the handler
 * as it was, and a sampled output must come back to the client as the handler gave it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import type { Service } from "#sandbox/aws/model.ts";
import { describeService } from "./describe-service.ts";
import { sampleValue, seedRandom } from "./sample-values.ts";
import { adminKey, buildTinyEstate, makeService, sdkNames, type SdkName } from "./tiny-estate.ts";

type Client = { send: (command: object) => Promise<Record<string, unknown>>; destroy: () => void };

/** What only some clients do, and would make the sampled input impossible for them to send. */
const untried: Partial<Record<SdkName, Record<string, string>>> = {
};

const fixed: Partial<Record<SdkName, Record<string, unknown>>> = {
  s3: { Bucket: "my-bucket", Key: "folder/a b+c.txt" },
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

  const operations = [...description.operations.values()].filter(({ name: operation }) => !untried[name]?.[operation]);
  test.each(operations.map((operation) => [operation.name, operation] as const))("%s", async (_name, operation) => {
    const options = { maxDepth: 4, fixed: fixed[name] ?? {} };
    const input = sampleValue(operation.input, seedRandom(`${operation.name} in`), options) as object;
    const output = sampleValue(operation.output, seedRandom(`${operation.name} out`), options) as object;
    outputs.set(operation.name, output);
    const Command = sdk[`${operation.name}Command`] as new (input: object) => object;
    const { $metadata, ...received } = await client.send(new Command(structuredClone(input)));
    expect(seen.get(operation.name)).toEqual(input);
    expect(received).toEqual(output);
  });
});
