import type { AwsCredentialIdentity } from "@smithy/types";
import { describe, expect, it, vi } from "vitest";
import { AwsConnection, awsSession } from "./credentials.ts";
import { refreshingCredentials } from "./refreshing-credentials.ts";

describe("a connection", () => {
  const role = {
    type: "assume_role",
    roleArn: "arn:aws:iam::111122223333:role/parapet",
    externalId: "acme-1",
  };

  it.each([
    { type: "ambient" },
    { type: "profile", profile: "audit", endpointUrl: "http://127.0.0.1:4566" },
    role,
    { ...role, source: { type: "profile", profile: "hub" } },
  ])("is accepted: %j", (connection) => {
    expect(AwsConnection.parse(connection)).toEqual(connection);
  });

  it.each([
    { type: "keys", accessKeyId: "AKIA" },
    { ...role, roleArn: "arn:aws:iam::1:role/x" },
    { ...role, roleArn: "arn:aws:iam::111122223333:user/x" },
    { ...role, externalId: "has space" },
    { type: "ambient", endpointUrl: "file:///etc/passwd" },
    { type: "profile", profile: " " },
  ])("is refused: %j", (connection) => {
    expect(AwsConnection.safeParse(connection).success).toBe(false);
  });

  it("keeps no keys, whatever comes along", () => {
    expect(AwsConnection.parse({ type: "ambient", secretAccessKey: "s" })).toEqual({ type: "ambient" });
  });
});

describe("a session's home region", () => {
  it("is the one asked for, else the partition's first when the environment's is of another", async () => {
    vi.stubEnv("AWS_REGION", "eu-west-3");
    const role = (partition: string) => `arn:${partition}:iam::111122223333:role/parapet`;
    const region = (roleArn: string, options = {}) =>
      awsSession({ type: "assume_role", roleArn }, options).homeRegion();
    expect(await region(role("aws"))).toBe("eu-west-3");
    expect(await region(role("aws-cn"))).toBe("cn-north-1");
    expect(await region(role("aws-us-gov"))).toBe("us-gov-west-1");
    expect(await region(role("aws"), { region: "ap-south-1" })).toBe("ap-south-1");
    vi.unstubAllEnvs();
  });

  it("goes to the environment's endpoint unless the connection names one, or the environment is to be ignored", () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    expect(awsSession({ type: "ambient" }).endpointUrl).toBe("http://127.0.0.1:1");
    expect(awsSession({ type: "ambient", endpointUrl: "http://127.0.0.1:2" }).endpointUrl).toBe(
      "http://127.0.0.1:2",
    );
    vi.stubEnv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    expect(awsSession({ type: "ambient" }).endpointUrl).toBeUndefined();
    vi.unstubAllEnvs();
  });
});

describe("refreshing credentials", () => {
  const hourMs = 3_600_000;
  function setUp() {
    const clock = { nowMs: 0 };
    const asked: number[] = [];
    const refusals = new Set<number>();
    const source = async (): Promise<AwsCredentialIdentity> => {
      const n = asked.push(clock.nowMs);
      if (refusals.has(n)) throw new Error(`refused ${n}`);
      return {
        accessKeyId: `key-${n}`,
        secretAccessKey: "s",
        sessionToken: "t",
        expiration: new Date(clock.nowMs + hourMs),
      };
    };
    const credentials = refreshingCredentials(source, () => clock.nowMs);
    const key = async () => (await credentials.provide()).accessKeyId;
    return { clock, asked, refusals, credentials, key };
  }

  it("asks once for many, and again five minutes before the end", async () => {
    const { clock, key, asked } = setUp();
    expect(await Promise.all([key(), key(), key()])).toEqual(["key-1", "key-1", "key-1"]);
    clock.nowMs = hourMs - 5 * 60_000 - 1;
    expect(await key()).toBe("key-1");
    clock.nowMs = hourMs - 5 * 60_000;
    expect(await Promise.all([key(), key()])).toEqual(["key-2", "key-2"]);
    expect(asked).toHaveLength(2);
  });

  it("uses on what still holds while a renewal fails, and not a moment longer", async () => {
    const { clock, key, refusals } = setUp();
    await key();
    refusals.add(2).add(3);
    clock.nowMs = hourMs - 60_000;
    expect(await key()).toBe("key-1");
    clock.nowMs = hourMs;
    await expect(key()).rejects.toThrow("refused 3");
    expect(await key()).toBe("key-4");
  });

  it("forgets a session that was refused, but long-lived keys can't be renewed", async () => {
    const { credentials, key } = setUp();
    await key();
    expect(credentials.renew("key-1")).toBe(true);
    expect(await key()).toBe("key-2");
    expect(credentials.renew("key-1")).toBe(true);
    expect(await key()).toBe("key-2");

    const fixed = refreshingCredentials(async () => ({ accessKeyId: "AKIA", secretAccessKey: "s" }));
    await fixed.provide();
    expect(fixed.renew("AKIA")).toBe(false);
  });
});
