import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ListFailed } from "#lib/inventory/answers.ts";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { gcpRegions } from "#sandbox/gcp/handlers/compute/state.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type GcpSession, openGcpSession, provideEmulatorCredentials } from "./session.ts";

const [{ id, number, scanner }, other] = acmeProjects;
let sandbox: Sandbox;
let endpointUrl: string;
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp() });
  endpointUrl = sandbox.gcp?.url ?? "";
  provideEmulatorCredentials(endpointUrl, acmeGcpHub);
});
const opened: GcpSession[] = [];
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
  sandbox.faults.reset();
  sandbox.calls.reset();
});
afterAll(() => sandbox.close());

/** Each test's sessions are of an access of their own: the address is the same to all but the cache. */
let paths = 0;
function open(account: { externalId?: string | null; connection?: object } = {}): GcpSession {
  const path = `${endpointUrl}${"/".repeat(++paths)}`;
  provideEmulatorCredentials(path, acmeGcpHub);
  return reopen({ endpointUrl: path, ...account });
}

function reopen({
  externalId = id,
  connection,
  endpointUrl: url,
}: {
  externalId?: string | null;
  connection?: object;
  endpointUrl: string;
}): GcpSession {
  const session = openGcpSession({
    cloud: "gcp",
    externalId,
    connection: { type: "impersonate", serviceAccount: scanner, endpointUrl: url, ...connection },
  });
  opened.push(session);
  return session;
}

/** What a failure to reach the account means for coverage. */
async function gapOf(session: GcpSession, reached: Promise<unknown> = session.account()) {
  const error = await reached.then(() => null).catch((cause: unknown) => cause);
  return session.gapOf(error, null, "global");
}

describe("the project", () => {
  it("is confirmed by its id before anything else is read", async () => {
    expect(await open().account()).toBe(id);
    expect(Object.fromEntries(sandbox.calls.actions)).toEqual({
      "iam.serviceAccounts.getAccessToken": 1,
      "resourcemanager.projects.get": 1,
    });
  });

  it("is that of the service account when none is named", async () => {
    expect(await open({ externalId: null }).account()).toBe(id);
  });

  it("is not taken for another: by its number, or by that of a neighbour", async () => {
    expect(await gapOf(open({ externalId: number }))).toEqual({
      kind: null,
      resourceUid: null,
      operation: "resourcemanager.projects.get",
      code: "denied",
      message: `PERMISSION_DENIED: The answer is about project ${id}, not ${number}.`,
    });
    expect(await gapOf(open({ externalId: other.id }))).toMatchObject({
      operation: "resourcemanager.projects.get",
      code: "denied",
    });
  });

  it("is out of reach when the service account may not be impersonated, by the name of that call", async () => {
    const connection = { serviceAccount: `stranger@${id}.iam.gserviceaccount.com` };
    expect(await gapOf(open({ connection }))).toMatchObject({
      operation: "iam.serviceAccounts.getAccessToken",
      code: "denied",
    });
  });

  it("is out of reach while nobody is there, and reached once somebody is", async () => {
    sandbox.faults.deny = ["resourcemanager.projects.get"];
    const session = open();
    expect(await gapOf(session)).toMatchObject({ code: "denied" });
    sandbox.faults.reset();
    expect(await session.account()).toBe(id);
  });

  it("whose connection is broken says so", () => {
    expect(() => open({ connection: { serviceAccount: "somebody@example.com" } })).toThrow(
      "The account's connection is broken",
    );
  });
});

describe("regions", () => {
  it("are Compute Engine's, over pages", async () => {
    expect(await open().regions()).toEqual([...gcpRegions].sort().map((name) => ({ name, enabled: true })));
  });

  it("are none when they can't be listed, or when the API is not in use", async () => {
    sandbox.faults.deny = ["compute.regions.list"];
    expect(await open().regions()).toEqual([]);
    sandbox.faults.reset();
    const project = sandbox.gcp?.estate.projects.get(id);
    project?.enabledApis.delete("compute.googleapis.com");
    expect(await open().regions()).toEqual([]);
    project?.enabledApis.add("compute.googleapis.com");
  });

  it("are not read of a project that is out of reach", async () => {
    const session = open({ externalId: other.id });
    expect(await gapOf(session, session.regions())).toMatchObject({ code: "denied" });
  });
});

describe("sessions of one project", () => {
  it("share token and identity, and count for themselves", async () => {
    const shared = `${endpointUrl}${"/".repeat(++paths)}`;
    provideEmulatorCredentials(shared, acmeGcpHub);
    const [first, second] = [reopen({ endpointUrl: shared }), reopen({ endpointUrl: shared })];
    expect(await Promise.all([first.account(), second.account()])).toEqual([id, id]);
    expect(sandbox.calls.actions.get("iam.serviceAccounts.getAccessToken")).toBe(1);
    expect(sandbox.calls.actions.get("resourcemanager.projects.get")).toBe(1);
    await first.regions();
    expect([first.counters(), second.counters()]).toEqual([
      { calls: expect.any(Number), throttles: 0 },
      { calls: 0, throttles: 0 },
    ]);
    expect(first.counters().calls).toBeGreaterThan(0);
  });

  it("stop waiting when aborted, and leave the others theirs", async () => {
    const shared = `${endpointUrl}${"/".repeat(++paths)}`;
    provideEmulatorCredentials(shared, acmeGcpHub);
    const [first, second] = [reopen({ endpointUrl: shared }), reopen({ endpointUrl: shared })];
    let letThrough = () => {};
    sandbox.faults.beforeHandler = () =>
      new Promise((resolve) => {
        letThrough = resolve;
        controller.abort(new Error("The scan was cancelled."));
      });
    const controller = new AbortController();
    const waiting = second.account();
    await expect(first.account(controller.signal)).rejects.toThrow("The scan was cancelled.");
    sandbox.faults.beforeHandler = null;
    letThrough();
    expect(await waiting).toBe(id);
  });
});

it("an abort ends a collection under way, as an abort", async () => {
  const session = open();
  await session.account();
  const controller = new AbortController();
  sandbox.faults.beforeHandler = () => controller.abort(new Error("The scan was cancelled."));
  const [collector] = session.collectorsOf("storage", "global", null);
  const reading = (async () => {
    for await (const _resource of collector?.collect({ signal: controller.signal, onGap: () => {} }) ?? []) {
      // Nothing is expected.
    }
  })();
  await expect(reading).rejects.toThrow("The scan was cancelled.");
});

it("narrows its collectors to kinds and regions", () => {
  const session = open();
  const kinds = (region: string, only: string[] | null) =>
    session.collectorsOf("bigquery", region, only).map(({ kind }) => kind);
  expect(kinds("global", null)).toEqual(["gcp.bigquery.dataset", "gcp.bigquery.table"]);
  expect(kinds("global", ["gcp.bigquery.table"])).toEqual(["gcp.bigquery.table"]);
  expect(kinds("europe-west3", null)).toEqual([]);
});

it("says what went wrong with a list by the list's own permission, and nothing of bugs", () => {
  const session = open();
  const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
  expect(
    session.gapOf(new ListFailed("dns.managedZones.list", reset), "gcp.storage.bucket", "global"),
  ).toEqual({
    kind: "gcp.storage.bucket",
    resourceUid: null,
    operation: "dns.managedZones.list",
    code: "unavailable",
    message: "ECONNRESET: reset",
  });
  expect(session.gapOf(new TypeError("x is undefined"), null, "global")).toBeNull();
});

describe("testing a connection", () => {
  it("names who is reached, and where", async () => {
    expect(await open().whoIs()).toEqual({
      principal: scanner,
      project: { id, number, name: "Acme Analytics" },
    });
    const hub = open({ connection: { type: "application_default" } });
    expect(await hub.whoIs()).toMatchObject({ principal: acmeGcpHub.email });
  });

  it("tells which permissions are missing, a hundred at a time", async () => {
    const fine = Array.from({ length: 150 }, (_item, index) => `storage.buckets.get${index}`);
    const lacking = ["storage.buckets.delete", "storage.objects.get"];
    expect(await open().missing([...fine, ...lacking])).toEqual(lacking);
    const asked = [...sandbox.calls.operations].filter(([name]) => name.endsWith(":testIamPermissions"));
    expect(asked.map(([, times]) => times)).toEqual([2]);
  });
});
