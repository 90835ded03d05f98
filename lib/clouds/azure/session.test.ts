import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ListFailed } from "#lib/inventory/answers.ts";
import type { Gap, Resource } from "#lib/inventory/model.ts";
import type { AzureAddress } from "#sandbox/azure/open.ts";
import { makeClientCertificate } from "#sandbox/certificate.ts";
import {
  type AcmePrincipal,
  acmeRemediator,
  acmeScanner,
  acmeSubscriptions,
  acmeTenant,
  buildAcmeAzure,
} from "#sandbox/estates/acme-azure.ts";
import { acmeAzureAccount, acmeConnection } from "#sandbox/estates/acme-azure-connections.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { openSession } from "../open-session.ts";
import type { ReachableAccount } from "../session.ts";
import { azureSession } from "./azure-session.ts";
import type { AzureConnection, AzureEmulator } from "./connection.ts";
import { classifyAzureError } from "./errors.ts";
import { whoIsAzure } from "./identity.ts";
import { openAzureSession } from "./session.ts";

let sandbox: Sandbox;
let azure: AzureAddress;
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: buildAcmeAzure(),
  });
  if (!sandbox.azure) throw new Error("The sandbox has no Azure.");
  azure = sandbox.azure;
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.faults.reset();
  sandbox.calls.reset();
});

const [apps, data] = acmeSubscriptions;

/** What one session says of itself, or the gap that its refusal makes. */
async function reach(account: ReachableAccount): Promise<string | Gap | null> {
  const session = openAzureSession(account);
  try {
    return await session.account();
  } catch (error) {
    const gap = session.gapOf(error, null, "global");
    if (!gap) throw error;
    return gap;
  } finally {
    session.close();
  }
}

/** An application of its own in Acme's tenant, with access to the subscriptions named; fresh logins each. */
function addPrincipal(n: number, subscriptions: readonly string[]): AcmePrincipal {
  const principal = {
    appId: `00000000-0000-0000-0000-00000000a${String(n).padStart(3, "0")}`,
    objectId: `00000000-0000-0000-0000-00000000b${String(n).padStart(3, "0")}`,
    displayName: `Test ${n}`,
    clientSecret: `secret-of-test-${n}`,
  };
  azure.estate.tenants.get(acmeTenant.id)?.principals.set(principal.appId, {
    ...principal,
    secrets: [{ value: principal.clientSecret }],
    certificates: [],
    graphPermissions: ["*"],
    access: new Map(subscriptions.map((id) => [id, { actions: ["*/read"], notActions: [] }])),
  });
  return principal;
}

function emulatorOf({ emulator }: AzureConnection): AzureEmulator {
  if (!emulator) throw new Error("The connection leads to no emulator.");
  return emulator;
}

async function readAll(account: ReachableAccount, service: string, signal = new AbortController().signal) {
  const session = openSession(account);
  const resources: Resource[] = [];
  const gaps: Gap[] = [];
  try {
    for (const collector of session.collectorsOf(service, "global", null)) {
      try {
        const onGap = (gap: Gap) => gaps.push(gap);
        for await (const resource of collector.collect({ signal, onGap })) resources.push(resource);
      } catch (error) {
        const gap = session.gapOf(error, collector.kind, "global");
        if (!gap) throw error;
        gaps.push(gap);
      }
    }
    return { resources, gaps, counters: session.counters() };
  } finally {
    session.close();
  }
}

describe("who is reached", () => {
  it("reaches the subscription and the tenant that it was given", async () => {
    expect(await reach(acmeAzureAccount(azure, apps.id))).toBe(apps.id);
    expect(await reach(acmeAzureAccount(azure, apps.id.toUpperCase()))).toBe(apps.id);
    expect(await reach(acmeAzureAccount(azure, acmeTenant.id))).toBe(acmeTenant.id);
  });

  it("finds the one subscription there is, and asks which where there are several or none", async () => {
    const account = (principal: AcmePrincipal) => ({
      ...acmeAzureAccount(azure, apps.id, principal),
      externalId: null,
    });
    expect(await reach(account(addPrincipal(1, [data.id])))).toBe(data.id);
    expect(await reach(account(acmeScanner))).toMatchObject({
      code: "denied",
      message: "AccessDenied: The credentials reach 2 subscriptions. Say which one.",
    });
    expect(await reach(account(addPrincipal(2, [])))).toMatchObject({
      code: "denied",
      message: "AccessDenied: The credentials reach no subscription.",
    });
  });

  it("refuses another subscription or tenant than it was given", async () => {
    const elsewhere = "99999999-9999-4999-8999-999999999999";
    expect(await reach(acmeAzureAccount(azure, elsewhere))).toEqual({
      kind: null,
      resourceUid: null,
      operation: "Microsoft.Resources/subscriptions/read",
      code: "denied",
      message: `SubscriptionNotFound: The subscription '${elsewhere}' could not be found.`,
    });
    expect(await reach(acmeAzureAccount(azure, apps.id, addPrincipal(3, [data.id])))).toMatchObject({
      code: "denied",
      message: expect.stringContaining("AuthorizationFailed: The client"),
    });
    const directory = { ...acmeAzureAccount(azure, acmeTenant.id), externalId: elsewhere };
    expect(await reach(directory)).toMatchObject({
      code: "denied",
      message: `AccessDenied: The credentials reach tenant ${acmeTenant.id}, not ${elsewhere}.`,
    });
  });

  it("says what is wrong with a login", async () => {
    const account = acmeAzureAccount(azure, apps.id);
    const connection = acmeConnection(azure);
    expect(await reach({ ...account, secrets: { clientSecret: "guessed" } })).toMatchObject({
      operation: "Microsoft.Resources/subscriptions/read",
      code: "expired",
      message: expect.stringContaining("AADSTS7000215: Invalid client secret provided."),
    });
    const spent = addPrincipal(4, [apps.id]);
    const stored = azure.estate.tenants.get(acmeTenant.id)?.principals.get(spent.appId);
    stored?.secrets.splice(0, 1, { value: spent.clientSecret, expiresAt: new Date(0) });
    expect(await reach(acmeAzureAccount(azure, apps.id, spent))).toMatchObject({
      code: "expired",
      message: expect.stringContaining("AADSTS7000222"),
    });
    expect(await reach({ ...account, connection: { ...connection, clientId: data.id } })).toMatchObject({
      code: "expired",
      message: expect.stringContaining("AADSTS700016"),
    });
    expect(await reach({ ...account, connection: { ...connection, tenantId: data.id } })).toMatchObject({
      code: "expired",
      message: expect.stringContaining("AADSTS90002"),
    });
  });

  it("tells an authority that is out of reach from a secret that is no good", async () => {
    const connection = acmeConnection(azure);
    const session = azureSession(
      { ...connection, emulator: { ...emulatorOf(connection), authorityUrl: "https://127.0.0.1:1" } },
      { clientSecret: acmeScanner.clientSecret },
      { random: () => 0 },
    );
    try {
      const thrown = await whoIsAzure(session, apps.id).catch((error: unknown) => error);
      expect(thrown).toMatchObject({ name: "ListFailed", operation: "oauth2/v2.0/token" });
      expect(classifyAzureError(thrown instanceof ListFailed && thrown.cause)).toMatchObject({
        code: "unavailable",
        name: "ECONNREFUSED",
      });
    } finally {
      session.close();
    }
  });

  it("needs the secrets that its connection takes, and a connection that is one", async () => {
    const account = acmeAzureAccount(azure, apps.id);
    await expect(reach({ ...account, secrets: {} })).rejects.toThrow(
      "The account's clientSecret is missing. Enter it anew.",
    );
    await expect(reach({ ...account, connection: { type: "client_secret" } })).rejects.toThrow(
      "The account's connection is broken",
    );
  });

  it("logs in with a certificate, and only with the one that was registered", async () => {
    const principal = addPrincipal(5, [apps.id]);
    const [own, other] = await Promise.all([makeClientCertificate("own"), makeClientCertificate("other")]);
    azure.estate.tenants.get(acmeTenant.id)?.principals.get(principal.appId)?.certificates.push(own.cert);
    const account = (certificate: { cert: string; key: string }) => ({
      ...acmeAzureAccount(azure, apps.id, principal),
      connection: { ...acmeConnection(azure, principal), type: "client_certificate" },
      secrets: { certificate: `${certificate.cert}\n${certificate.key}` },
    });
    expect(await reach(account(own))).toBe(apps.id);
    expect(await reach(account(other))).toMatchObject({
      code: "expired",
      message: expect.stringContaining("AADSTS700027"),
    });
    expect(await reach({ ...account(own), secrets: { certificate: "no certificate" } })).toMatchObject({
      code: "expired",
      message: expect.stringContaining("invalid_client: "),
    });
    // The certificate of one with the key of another.
    expect(await reach(account({ cert: own.cert, key: other.key }))).toMatchObject({
      code: "expired",
      message: expect.stringContaining("AADSTS700027"),
    });
  });

  it("takes the machine's own identity from the SDK's chain", async () => {
    const { tenantId, emulator } = acmeConnection(azure);
    process.env.AZURE_TENANT_ID = tenantId;
    process.env.AZURE_CLIENT_ID = acmeScanner.appId;
    process.env.AZURE_CLIENT_SECRET = acmeScanner.clientSecret;
    try {
      const connection = { type: "default", tenantId, emulator };
      expect(await reach({ ...acmeAzureAccount(azure, data.id), connection, secrets: {} })).toBe(data.id);
    } finally {
      for (const name of ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"])
        Reflect.deleteProperty(process.env, name);
    }
  });

  it("tells whose credentials they are", async () => {
    const session = azureSession(acmeConnection(azure, acmeRemediator), {
      clientSecret: acmeRemediator.clientSecret,
    });
    const { objectId, appId, displayName } = acmeRemediator;
    const principal = { objectId, appId, displayName };
    try {
      expect(await whoIsAzure(session, data.id)).toEqual({
        tenantId: acmeTenant.id,
        principal,
        subscription: { subscriptionId: data.id, tenantId: acmeTenant.id, name: data.name, state: "Enabled" },
      });
      expect(await whoIsAzure(session, null)).toEqual({
        tenantId: acmeTenant.id,
        principal,
        subscription: null,
      });
    } finally {
      session.close();
    }
  });
});

describe("an open session", () => {
  it("knows the subscription's locations, and none for a directory", async () => {
    const session = openSession(acmeAzureAccount(azure, apps.id));
    const directory = openSession(acmeAzureAccount(azure, acmeTenant.id));
    try {
      expect(await session.regions()).toEqual(
        [...apps.locations].sort().map((name) => ({ name, enabled: true })),
      );
      expect(await directory.regions()).toEqual([]);
    } finally {
      session.close();
      directory.close();
    }
  });

  it("offers the collectors of its level, in the unit of no region alone", () => {
    const kindsOf = (externalId: string, service: string, region: string, kinds: string[] | null = null) => {
      const session = openSession(acmeAzureAccount(azure, externalId));
      try {
        return session.collectorsOf(service, region, kinds).map(({ kind }) => kind);
      } finally {
        session.close();
      }
    };
    expect(kindsOf(apps.id, "storage", "global")).toEqual(["azure.storage.account"]);
    expect(kindsOf(apps.id, "keyvault", "global", ["azure.keyvault.key"])).toEqual(["azure.keyvault.key"]);
    expect(kindsOf(apps.id, "storage", "westeurope")).toEqual([]);
    expect(kindsOf(acmeTenant.id, "storage", "global")).toEqual([]);
    expect(kindsOf(apps.id, "entra", "global")).toEqual([]);
    expect(kindsOf(acmeTenant.id, "entra", "global").length).toBeGreaterThan(0);
  });

  it("shares one login among the units of an account, and counts each unit's calls", async () => {
    const account = acmeAzureAccount(azure, data.id, addPrincipal(6, [data.id]));
    const logins: string[] = [];
    sandbox.faults.beforeHandler = (call) => void logins.push(call.accessKeyId);
    const [storage, vaults] = await Promise.all([readAll(account, "storage"), readAll(account, "keyvault")]);
    expect([storage.gaps, vaults.gaps]).toEqual([[], []]);
    expect(new Set(logins).size).toBe(1);
    const asked = [...sandbox.calls.actions].filter(([action]) => !action.startsWith("Microsoft.Resources/"));
    const calls = asked.reduce((sum, [, count]) => sum + count, 0);
    expect(storage.counters.calls + vaults.counters.calls).toBe(calls);
    expect(storage.counters.throttles).toBe(0);
  });
});

describe("under faults", () => {
  /** Each test with an application of its own, so that none finds another's tokens. */
  const account = (n: number) => acmeAzureAccount(azure, data.id, addPrincipal(n, [data.id]));
  let whole: Resource[];
  beforeAll(async () => {
    whole = (await readAll(account(10), "storage")).resources;
  });
  const byUid = (resources: Resource[]) => resources.toSorted((a, b) => (a.uid < b.uid ? -1 : 1));

  it.each([
    ["throttling", { throttleRate: 0.3 }],
    ["a request rate", { throttleRps: 40 }],
    ["internal errors", { errorRate: 0.15 }],
    ["bodies cut off", { truncateRate: 0.15, truncateMode: "cut" as const }],
    ["bodies cut short", { truncateRate: 0.15, truncateMode: "short" as const }],
    ["tokens that expire", { expire: { afterCalls: 5 } }],
    ["all of them", { throttleRate: 0.1, errorRate: 0.05, truncateRate: 0.05, expire: { afterCalls: 20 } }],
  ])(
    "reads everything through %s",
    async (name, settings) => {
      const reached = account(20 + name.length);
      sandbox.faults.reset(settings);
      const { resources, gaps } = await readAll(reached, "storage");
      expect(gaps).toEqual([]);
      expect(byUid(resources)).toEqual(byUid(whole));
    },
    60_000,
  );

  it("counts what was throttled", async () => {
    const reached = account(11);
    sandbox.faults.reset({ throttleRate: 0.3 });
    const { counters } = await readAll(reached, "storage");
    expect(counters.throttles).toBeGreaterThan(0);
  });

  it("takes a denied list for a gap over the kind", async () => {
    sandbox.faults.deny = ["Microsoft.Storage/storageAccounts/read"];
    const { resources, gaps } = await readAll(account(12), "storage");
    expect(resources).toEqual([]);
    expect(gaps).toEqual([
      {
        kind: "azure.storage.account",
        resourceUid: null,
        operation: "Microsoft.Storage/storageAccounts/read",
        code: "denied",
        message: expect.stringContaining("AuthorizationFailed: The client"),
      },
    ]);
  });

  it("takes a denied facet for a gap on each resource", async () => {
    sandbox.faults.deny = ["Microsoft.Storage/storageAccounts/fileServices/*"];
    const { resources, gaps } = await readAll(account(13), "storage");
    expect(resources.length).toBe(whole.length);
    expect(new Set(gaps.map(({ operation, code }) => `${operation} ${code}`))).toEqual(
      new Set(["Microsoft.Storage/storageAccounts/fileServices/read denied"]),
    );
    expect(gaps.map(({ resourceUid }) => resourceUid).sort()).toEqual(
      resources
        .filter(({ unread }) => unread.includes("files"))
        .map(({ uid }) => uid)
        .sort(),
    );
  });

  it("gives up on tokens that never hold, without asking for ever", async () => {
    sandbox.faults.expire = { afterCalls: 0 };
    expect(await reach(account(14))).toMatchObject({
      code: "expired",
      message: expect.stringContaining("ExpiredAuthenticationToken"),
    });
    expect(sandbox.calls.total).toBeLessThanOrEqual(4);
  });

  it("ends at once when it is aborted", async () => {
    const reached = account(15);
    await reach(reached);
    sandbox.calls.reset();
    const stop = new AbortController();
    // The list is under way, and would be for an hour.
    sandbox.faults.beforeHandler = () => new Promise(() => {});
    const reading = readAll(reached, "storage", stop.signal);
    await expect.poll(() => sandbox.calls.total).toBe(1);
    stop.abort(new Error("Stopped by the test."));
    await expect(reading).rejects.toThrow("Stopped by the test.");
  });
});
