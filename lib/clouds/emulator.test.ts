import { describe, expect, it } from "vitest";
import { refuseEmulator } from "./emulator.ts";
import { openSession } from "./open-session.ts";

const sandbox = { sandbox: true, sandboxUrl: undefined };
const real = { sandbox: false, sandboxUrl: undefined };
const azure = (host: string) => ({
  resourceManagerUrl: "https://127.0.0.1:4567",
  authorityUrl: `https://${host}/login`,
  graphUrl: "https://127.0.0.1:4567/graph",
  ca: "-----BEGIN CERTIFICATE-----",
});
const elsewhere = [
  "http://evil.example",
  "http://169.254.169.254/latest",
  "http://0.0.0.0:4566",
  "http://127.0.0.1@evil.example",
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example:4566",
  "http://[::ffff:10.0.0.1]:4566",
  "no address",
];

describe("an emulator", () => {
  it.each(elsewhere)("is not asked at %s", (endpointUrl) => {
    expect(() => refuseEmulator({ endpointUrl }, "own", sandbox)).toThrow(/not on this machine/);
  });

  it("is not asked when one of its parts is elsewhere", () => {
    expect(() => refuseEmulator({ emulator: azure("127.0.0.1:4567") }, "own", sandbox)).not.toThrow();
    expect(() => refuseEmulator({ emulator: azure("evil.example") }, "own", sandbox)).toThrow(/machine/);
  });

  it.each(["http://127.0.0.1:4566", "http://localhost:1", "http://[::1]:4566", "http://127.1/"])(
    "is asked at %s",
    (endpointUrl) => expect(() => refuseEmulator({ endpointUrl }, "machine", sandbox)).not.toThrow(),
  );

  it("may be where the environment says that the sandbox is, and nowhere else", () => {
    const allowing = { sandbox: true, sandboxUrl: "http://sandbox.internal:4566" };
    const at = (endpointUrl: string) => () => refuseEmulator({ endpointUrl }, "own", allowing);
    expect(at("http://sandbox.internal:4600")).not.toThrow();
    expect(at("http://other.internal:4566")).toThrow();
  });

  it("never gets what this machine is known by, outside sandbox mode", () => {
    const connection = { type: "application_default", endpointUrl: "http://127.0.0.1:4601" };
    expect(() => refuseEmulator(connection, "machine", real)).toThrow(/own credentials/);
    expect(() => refuseEmulator(connection, "own", real)).not.toThrow();
  });

  it("is no matter of connections to the provider", () => {
    for (const credentials of ["own", "machine"] as const)
      expect(() => refuseEmulator({ type: "ambient" }, credentials, real)).not.toThrow();
  });
});

describe("a session of any cloud", () => {
  const guid = "6a1f0c52-8d5e-4b1c-9f3a-2c7e5b90d411";
  it.each([
    { cloud: "aws" as const, connection: { type: "ambient", endpointUrl: "http://evil.example" } },
    {
      cloud: "gcp" as const,
      connection: { type: "application_default", endpointUrl: "https://evil.example" },
    },
    { cloud: "azure" as const, connection: { type: "default", emulator: azure("evil.example") } },
    {
      cloud: "azure" as const,
      connection: { type: "client_secret", tenantId: guid, clientId: guid, emulator: azure("evil.example") },
      secrets: { clientSecret: "hush" },
    },
  ])("is not opened to an emulator elsewhere: $cloud, $connection.type", (account) => {
    expect(() => openSession({ externalId: null, ...account })).toThrow(/not on this machine/);
  });
});
