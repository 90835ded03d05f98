import { describe, expect, it } from "vitest";
import { AzureConnection, endpointsOf, requireSecrets } from "./connection.ts";

const tenantId = "11111111-2222-3333-4444-555555555555";
const clientId = "AAAAAAAA-2222-3333-4444-555555555555";
const emulator = {
  resourceManagerUrl: "https://127.0.0.1:4601/",
  authorityUrl: "https://127.0.0.1:4601",
  graphUrl: "https://127.0.0.1:4601",
  ca: "-----BEGIN CERTIFICATE-----",
};

describe("AzureConnection", () => {
  it("takes each way of logging in, and ids in any casing", () => {
    expect(AzureConnection.parse({ type: "default" })).toEqual({ type: "default" });
    expect(
      AzureConnection.parse({ type: "client_secret", tenantId, clientId, cloud: "china", emulator }),
    ).toEqual({
      type: "client_secret",
      tenantId,
      clientId: clientId.toLowerCase(),
      cloud: "china",
      emulator,
    });
  });

  it("keeps no secret that somebody puts into it", () => {
    const given = {
      type: "client_secret",
      tenantId,
      clientId,
      clientSecret: "s",
      secrets: { clientSecret: "s" },
    };
    expect(JSON.stringify(AzureConnection.parse(given))).not.toContain('"s"');
  });

  it.each([
    [{ type: "client_secret", tenantId: "acme.example", clientId }],
    [{ type: "client_secret", tenantId }],
    [{ type: "password", tenantId, clientId }],
    [{ type: "default", cloud: "germany" }],
    [{ type: "default", emulator: { ...emulator, authorityUrl: "http://127.0.0.1:4601" } }],
    [{ type: "default", emulator: { ...emulator, ca: "" } }],
  ])("refuses %o", (connection) => {
    expect(AzureConnection.safeParse(connection).success).toBe(false);
  });
});

describe("endpointsOf", () => {
  it.each([
    [undefined, "management.azure.com", "login.microsoftonline.com", "graph.microsoft.com"],
    ["public" as const, "management.azure.com", "login.microsoftonline.com", "graph.microsoft.com"],
    [
      "usgovernment" as const,
      "management.usgovcloudapi.net",
      "login.microsoftonline.us",
      "graph.microsoft.us",
    ],
    [
      "china" as const,
      "management.chinacloudapi.cn",
      "login.chinacloudapi.cn",
      "microsoftgraph.chinacloudapi.cn",
    ],
  ])("knows the %s cloud", (cloud, resourceManager, authority, graph) => {
    expect(endpointsOf({ type: "default", ...(cloud ? { cloud } : {}) })).toEqual({
      resourceManagerUrl: `https://${resourceManager}`,
      authorityUrl: `https://${authority}`,
      graphUrl: `https://${graph}`,
      resourceManagerScope: `https://${resourceManager}/.default`,
      graphScope: `https://${graph}/.default`,
      ca: undefined,
    });
  });

  it("goes to an emulator with tokens for the cloud that it stands for", () => {
    expect(endpointsOf({ type: "default", cloud: "usgovernment", emulator })).toEqual({
      resourceManagerUrl: "https://127.0.0.1:4601",
      authorityUrl: "https://127.0.0.1:4601",
      graphUrl: "https://127.0.0.1:4601",
      resourceManagerScope: "https://management.usgovcloudapi.net/.default",
      graphScope: "https://graph.microsoft.us/.default",
      ca: emulator.ca,
    });
  });
});

describe("requireSecrets", () => {
  it("asks for what the connection takes and for nothing else", () => {
    requireSecrets({ type: "default" }, {});
    requireSecrets({ type: "client_secret", tenantId, clientId }, { clientSecret: "s" });
    requireSecrets({ type: "client_certificate", tenantId, clientId }, { certificate: "c" });
    const without = () =>
      requireSecrets({ type: "client_certificate", tenantId, clientId }, { clientSecret: "s" });
    expect(without).toThrow("The account's certificate is missing. Enter it anew.");
  });

  it("refuses what the SDK would be busy with for seconds", () => {
    const given = (certificate: string) => () =>
      requireSecrets({ type: "client_certificate", tenantId, clientId }, { certificate });
    expect(given("-".repeat(100_000))).toThrow("The account's certificate is no PEM text. Enter it anew.");
    const pem = (what: string) => `-----BEGIN ${what}-----\nMIIE\n-----END ${what}-----`;
    expect(given(`${pem("PRIVATE KEY")}${pem("CERTIFICATE")}`)).not.toThrow();
  });
});
