import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { gcpClients } from "#lib/clouds/gcp/clients.ts";
import { type GcpAccess, gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";

const [{ id, number, scanner, remediator }] = acmeProjects;
const bucket = "acme-analytics-partner-demo";
const began = new Date();
let now = began;
let sandbox: Sandbox;
let url: string;
let reading: GcpAccess;
let changing: GcpAccess;
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp({ now }), now: () => now });
  url = sandbox.gcp?.url ?? "";
  const as = (serviceAccount: string) =>
    gcpAccess({ type: "impersonate", serviceAccount, endpointUrl: url }, { emulatorCredentials: acmeGcpHub });
  reading = as(scanner);
  changing = as(remediator);
});
afterEach(() => {
  sandbox.faults.reset();
  now = began;
});
afterAll(async () => {
  reading.close();
  changing.close();
  await sandbox.close();
});

/** A plain request, for what no client would send or show. */
async function send(path: string, init: RequestInit & { token?: string | null } = {}) {
  const { token = null, ...rest } = init;
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...rest.headers };
  const response = await fetch(`${url}${path}`, { ...rest, headers });
  return { status: response.status, body: await response.json() };
}
const tokenOf = async (access: GcpAccess) => (await access.token.provide()).value;
const list = `/storage.googleapis.com/storage/v1/b?project=${id}`;
const nameOf = async (sent: Promise<unknown>) =>
  classifyGcpError(await sent.then(() => null).catch((error: unknown) => error))?.name;

describe("tokens", () => {
  it("are asked for", async () => {
    expect(await send(list)).toMatchObject({
      status: 401,
      body: { error: { code: 401, status: "UNAUTHENTICATED", errors: [{ reason: "required" }] } },
    });
    expect(await send(list, { token: "ya29.made-up" })).toMatchObject({
      status: 401,
      body: { error: { errors: [{ reason: "authError" }] } },
    });
  });

  it("are told apart by what they may do where", async () => {
    expect(await send(list, { token: await tokenOf(reading) })).toMatchObject({ status: 200 });
    const elsewhere = `/storage.googleapis.com/storage/v1/b?project=${acmeProjects[1].id}`;
    expect(await send(elsewhere, { token: await tokenOf(reading) })).toMatchObject({ status: 403 });
    const patch = { method: "PATCH", body: "{}", token: await tokenOf(reading) };
    expect(await send(`/storage.googleapis.com/storage/v1/b/${bucket}`, patch)).toMatchObject({
      status: 403,
    });
  });

  it("end after an hour", async () => {
    const token = await tokenOf(reading);
    now = new Date(began.getTime() + 3_590_000);
    expect(await send(list, { token })).toMatchObject({ status: 200 });
    now = new Date(began.getTime() + 3_601_000);
    expect(await send(list, { token })).toMatchObject({ status: 401 });
    const info = { method: "POST", token, body: "" };
    expect(await send("/oauth2.googleapis.com/tokeninfo", info)).toEqual({
      status: 400,
      body: { error: "invalid_token", error_description: "Invalid Value" },
    });
  });

  it.each([
    ["client_credentials", {}, 400, "unsupported_grant_type"],
    ["refresh_token", { refresh_token: "gone" }, 400, "invalid_grant"],
    [
      "refresh_token",
      { refresh_token: acmeGcpHub.refreshToken, client_id: acmeGcpHub.clientId, client_secret: "x" },
      401,
      "invalid_client",
    ],
    ["urn:ietf:params:oauth:grant-type:jwt-bearer", { assertion: "a.b.c" }, 400, "invalid_grant"],
  ])("are refused as OAuth says: %s %#", async (grant_type, form, status, error) => {
    const body = new URLSearchParams({ grant_type, ...form });
    const answer = await send("/oauth2.googleapis.com/token", { method: "POST", body });
    expect(answer).toMatchObject({ status, body: { error } });
  });
});

describe("a refusal", () => {
  it("has the older shape or the newer, by the API", async () => {
    sandbox.faults.deny = ["storage.buckets.list", "cloudkms.locations.list"];
    const token = await tokenOf(reading);
    const older = await send(list, { token });
    expect(older).toEqual({
      status: 403,
      body: {
        error: {
          code: 403,
          message: expect.stringContaining("storage.buckets.list"),
          errors: [{ message: expect.any(String), domain: "global", reason: "forbidden" }],
        },
      },
    });
    const newer = await send(`/cloudkms.googleapis.com/v1/projects/${id}/locations`, { token });
    expect(newer).toEqual({
      status: 403,
      body: {
        error: {
          code: 403,
          message: expect.stringContaining("cloudkms.locations.list"),
          status: "PERMISSION_DENIED",
          details: [expect.objectContaining({ reason: "IAM_PERMISSION_DENIED" })],
        },
      },
    });
  });

  it.each([
    ["throttleRate", 403, "rateLimitExceeded", 429, "RESOURCE_EXHAUSTED"],
    ["errorRate", 503, "backendError", 500, "INTERNAL"],
  ])("by %s is said as each API says it", async (fault, oldStatus, reason, newStatus, code) => {
    const token = await tokenOf(reading);
    sandbox.faults.reset({ [fault]: 1 });
    expect(await send(list, { token })).toMatchObject({
      status: oldStatus,
      body: { error: { errors: [{ reason }] } },
    });
    expect(await send(`/cloudkms.googleapis.com/v1/projects/${id}/locations`, { token })).toMatchObject({
      status: newStatus,
      body: { error: { status: code } },
    });
  });

  it("for an API that is not in use names the project that doesn't use it", async () => {
    const project = sandbox.gcp?.estate.projects.get(id);
    project?.enabledApis.delete("storage.googleapis.com");
    const answer = await send(list, { token: await tokenOf(reading) });
    project?.enabledApis.add("storage.googleapis.com");
    expect(answer).toMatchObject({
      status: 403,
      body: {
        error: {
          status: "PERMISSION_DENIED",
          errors: [{ domain: "usageLimits", reason: "accessNotConfigured" }],
          details: [
            {},
            {
              reason: "SERVICE_DISABLED",
              metadata: { consumer: `projects/${number}`, service: "storage.googleapis.com" },
            },
          ],
        },
      },
    });
  });

  it.each([
    ["/storage.googleapis.com/storage/v1/nothing", "The sandbox has no method"],
    ["/nothing.googleapis.com/v1/x", "The sandbox has no API at nothing.googleapis.com."],
  ])("says what the sandbox lacks: %s", async (path, message) => {
    expect(await send(path, { token: await tokenOf(reading) })).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining(message) } },
    });
  });

  it("of a body that is no JSON", async () => {
    const patch = { method: "PATCH", body: "{", token: await tokenOf(changing) };
    expect(await send(`/storage.googleapis.com/storage/v1/b/${bucket}`, patch)).toMatchObject({
      status: 400,
    });
  });
});

describe("the SDK", () => {
  it("lists over pages as long as the estate allows", async () => {
    const api = await gcpClients(reading).storage();
    const names: string[] = [];
    let pageToken: string | undefined;
    let pages = 0;
    do {
      const { data } = await api.buckets.list({ project: id, ...(pageToken ? { pageToken } : {}) });
      names.push(...(data.items ?? []).map(({ name }) => name ?? ""));
      pageToken = data.nextPageToken ?? undefined;
      pages += 1;
    } while (pageToken);
    expect(names).toEqual([
      ...(sandbox.gcp?.estate.projects.get(id)?.collections.get("storage.buckets")?.keys() ?? []),
    ]);
    expect(pages).toBe(Math.ceil(names.length / 10));
  });

  it("sees what it changed: a bucket's settings", async () => {
    const api = await gcpClients(changing).storage();
    const requestBody = {
      iamConfiguration: { publicAccessPrevention: "enforced" },
      labels: { reviewed: "yes" },
    };
    await api.buckets.patch({ bucket, requestBody });
    const { data } = await api.buckets.get({ bucket });
    expect(data).toMatchObject({
      metageneration: "2",
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
      labels: { reviewed: "yes", team: "merchants" },
    });
  });

  it("changes a policy only as it was read", async () => {
    const api = await gcpClients(changing).storage();
    const read = async () => (await api.buckets.getIamPolicy({ bucket })).data;
    const before = await read();
    const bindings = (before.bindings ?? []).filter(
      ({ members }) => !members?.includes("allAuthenticatedUsers"),
    );
    await api.buckets.setIamPolicy({ bucket, requestBody: { ...before, bindings } });
    expect((await read()).bindings).toEqual(bindings);
    // Somebody who still holds the policy as it was.
    const stale = api.buckets.setIamPolicy({ bucket, requestBody: before });
    expect(await nameOf(stale)).toBe("FAILED_PRECONDITION");

    const kms = (await gcpClients(changing).cloudkms()).projects.locations.keyRings.cryptoKeys;
    const resource = `projects/${id}/locations/europe-west3/keyRings/analytics/cryptoKeys/partner-poc`;
    const { data: policy } = await kms.getIamPolicy({ resource });
    await kms.setIamPolicy({ resource, requestBody: { policy: { ...policy, bindings: [] } } });
    expect((await kms.getIamPolicy({ resource })).data).toMatchObject({ bindings: [] });
    expect(await nameOf(kms.setIamPolicy({ resource, requestBody: { policy } }))).toBe("ABORTED");
  });

  it("changes of a key what its mask names", async () => {
    const kms = (await gcpClients(changing).cloudkms()).projects.locations.keyRings.cryptoKeys;
    const name = `projects/${id}/locations/europe-west3/keyRings/analytics/cryptoKeys/exports`;
    const requestBody = { rotationPeriod: "7776000s", nextRotationTime: "2026-03-01T00:00:00Z", labels: {} };
    await kms.patch({ name, updateMask: "rotationPeriod,nextRotationTime", requestBody });
    expect((await kms.get({ name })).data).toMatchObject({
      rotationPeriod: "7776000s",
      labels: { team: "data-platform" },
    });
    const half = kms.patch({ name, updateMask: "nextRotationTime", requestBody: {} });
    expect(await nameOf(half)).toBe("INVALID_ARGUMENT");
  });

  it("changes who may read a dataset", async () => {
    const { datasets } = await gcpClients(changing).bigquery();
    const dataset = { projectId: id, datasetId: "merchant_feed" };
    const { data } = await datasets.get(dataset);
    const access = (data.access ?? []).filter(({ iamMember }) => iamMember !== "allUsers");
    await datasets.patch({ ...dataset, requestBody: { access } });
    expect((await datasets.get(dataset)).data.access).toEqual(access);
  });

  it("finds the projects that the hub may see, and nobody else's", async () => {
    const hub = gcpAccess(
      { type: "application_default", endpointUrl: url },
      { emulatorCredentials: acmeGcpHub },
    );
    const search = async (access: GcpAccess) =>
      (await (await gcpClients(access).cloudresourcemanagerV3()).projects.search()).data.projects?.map(
        ({ projectId, state }) => [projectId, state],
      );
    expect(await search(hub)).toEqual(acmeProjects.map((project) => [project.id, "ACTIVE"]));
    expect(await search(reading)).toEqual([[id, "ACTIVE"]]);
    hub.close();
  });
});

it("counts calls by permission, refused ones included, and shows them to the hook", async () => {
  await tokenOf(reading);
  sandbox.calls.reset();
  sandbox.faults.deny = ["storage.buckets.getIamPolicy"];
  const seen: unknown[] = [];
  sandbox.faults.beforeHandler = (call, input) => {
    seen.push([call.account, call.service, call.operation, input]);
  };
  const api = await gcpClients(reading).storage();
  expect(await nameOf(api.buckets.get({ bucket, projection: "full" }))).toBe("PERMISSION_DENIED");
  await api.buckets.get({ bucket });
  expect(Object.fromEntries(sandbox.calls.actions)).toEqual({
    "storage.buckets.get": 2,
    "storage.buckets.getIamPolicy": 1,
  });
  expect(seen).toEqual([[id, "storage", "storage.googleapis.com:GET /storage/v1/b/{bucket}", { bucket }]]);
});
