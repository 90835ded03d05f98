import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { gcpClients } from "#lib/clouds/gcp/clients.ts";
import { gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { readProject } from "#lib/clouds/gcp/identity.ts";
import { type AcmeProject, acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { createCollectContext, type NewGap } from "../context.ts";
import type { Kind, Resource } from "../model.ts";
import { collectorsOf, permissionsOf } from "../registry.ts";

let sandbox: Sandbox;
let endpointUrl: string;
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp() });
  endpointUrl = sandbox.gcp?.url ?? "";
});
afterAll(() => sandbox.close());
beforeEach(() => {
  // Chance decides how long a call waits before it tries again; a fiftieth of that makes the same calls.
  const { random } = Math;
  const spy = vi.spyOn(Math, "random").mockImplementation(() => random() / 50);
  sandbox.faults.reset();
  sandbox.calls.reset();
  return () => spy.mockRestore();
});

/** Every kind of a project, or those named, at once. */
async function collectProject({ id, scanner }: AcmeProject, kinds?: Kind[], deny: string[] = []) {
  const access = gcpAccess(
    { type: "impersonate", serviceAccount: scanner, endpointUrl },
    { emulatorCredentials: acmeGcpHub },
  );
  const clients = gcpClients(access);
  const gaps: (NewGap & { kind: Kind })[] = [];
  const resources = new Map<string, Resource>();
  const thrown: unknown[] = [];
  access.project = await readProject(clients, id);
  sandbox.calls.reset();
  sandbox.faults.deny.push(...deny);
  await Promise.all(
    collectorsOf("gcp")
      .filter((collector) => !kinds || kinds.includes(collector.kind))
      .map(async (collector) => {
        const context = createCollectContext({
          account: id,
          partition: "gcp",
          region: "global",
          clients,
          signal: new AbortController().signal,
          onGap: (gap) => gaps.push({ ...gap, kind: collector.kind }),
          classify: classifyGcpError,
        });
        try {
          for await (const resource of collector.collect(context)) {
            expect(resources.has(resource.uid), `${resource.uid} twice`).toBe(false);
            resources.set(resource.uid, resource);
          }
        } catch (error) {
          thrown.push(error);
        }
      }),
  );
  access.close();
  return { resources, gaps, thrown, usage: access.governor.usage() };
}

const [analytics] = acmeProjects;
/** What has to do with tokens is nobody's permission on the project. */
const asked = () =>
  [...sandbox.calls.actions.keys()]
    .filter((action) => action !== "iam.serviceAccounts.getAccessToken")
    .sort();

describe("the sandbox's projects", () => {
  it.each(acmeProjects)("are read whole: $id", async (acme) => {
    const { resources, gaps, thrown } = await collectProject(acme);
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: [] });
    expect([...resources.values()].filter((resource) => resource.unread.length > 0)).toEqual([]);
  });

  it("show every kind, by nothing but the calls that the collectors declare", async () => {
    const seen = new Set<Kind>();
    const calls = new Set<string>();
    for (const acme of acmeProjects) {
      const { resources } = await collectProject(acme);
      for (const resource of resources.values()) seen.add(resource.kind);
      for (const call of asked()) calls.add(call);
    }
    expect([...seen].sort()).toEqual(
      collectorsOf("gcp")
        .map((collector) => collector.kind)
        .sort(),
    );
    expect([...calls].sort()).toEqual(permissionsOf("gcp"));
  });

  it("name each resource by Google's full name, in its region", async () => {
    const { resources } = await collectProject(analytics);
    for (const { uid, region, account } of resources.values()) {
      expect(uid).toMatch(/^\/\/[a-z]+\.googleapis\.com\/[^/]/);
      expect(region, uid).toMatch(/^(global|[a-z]+[0-9]?|[a-z]+-[a-z]+\d+)$/);
      expect(account).toBe(analytics.id);
    }
  });
});

describe("each collector", () => {
  it.each(collectorsOf("gcp"))("declares exactly what it calls: $kind", async (collector) => {
    const calls = new Set<string>();
    for (const acme of acmeProjects) {
      await collectProject(acme, [collector.kind]);
      for (const call of asked()) calls.add(call);
    }
    expect([...calls].sort()).toEqual([...collector.permissions].sort());
  });

  it.each(collectorsOf("gcp"))("makes whatever is denied a gap: $kind", async (collector) => {
    for (const permission of collector.permissions) {
      const codes = new Set<string>();
      for (const acme of acmeProjects) {
        sandbox.faults.reset();
        const { gaps, thrown } = await collectProject(acme, [collector.kind], [permission]);
        for (const { code } of gaps) codes.add(code);
        for (const error of thrown) codes.add(classifyGcpError(error)?.code ?? String(error));
      }
      expect([...codes], permission).toEqual(["denied"]);
    }
  });
});

describe("under faults", { timeout: 120_000 }, () => {
  it("throttling and failures lose nothing", async () => {
    const calm = await collectProject(analytics);
    sandbox.faults.reset({ throttleRate: 0.3, errorRate: 0.1 });
    const stormy = await collectProject(analytics);
    expect({ gaps: stormy.gaps, thrown: stormy.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(stormy.resources).toEqual(calm.resources);
    expect(stormy.usage.storage?.throttles).toBeGreaterThan(0);
  });

  it.each(["cut", "short"] as const)("answers %s on their way lose nothing", async (truncateMode) => {
    const calm = await collectProject(analytics);
    sandbox.faults.reset({ truncateRate: 0.2, truncateMode });
    const torn = await collectProject(analytics);
    expect({ gaps: torn.gaps, thrown: torn.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(torn.resources).toEqual(calm.resources);
  });

  it("tokens that end half-way are renewed", async () => {
    const calm = await collectProject(analytics);
    sandbox.faults.reset({ expire: { afterCalls: 40 } });
    const renewed = await collectProject(analytics);
    expect({ gaps: renewed.gaps, thrown: renewed.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(renewed.resources).toEqual(calm.resources);
    expect(sandbox.calls.actions.get("iam.serviceAccounts.getAccessToken")).toBeGreaterThan(1);
  });

  it("a denied facet is absent everywhere, and a gap on each resource", async () => {
    sandbox.faults.reset({ deny: ["storage.buckets.getIamPolicy"] });
    const { resources, gaps, thrown } = await collectProject(analytics, ["gcp.storage.bucket"]);
    expect(thrown).toEqual([]);
    expect(resources.size).toBeGreaterThan(0);
    for (const { uid, unread, config } of resources.values()) {
      expect(config).not.toHaveProperty("bindings");
      expect(unread).toContain("bindings");
      expect(gaps.filter((gap) => gap.resourceUid === uid)[0]).toMatchObject({ code: "denied" });
    }
  });

  it("what was deleted between list and description is left out", async () => {
    const project = sandbox.gcp?.estate.projects.get(analytics.id);
    const buckets = project?.collections.get("storage.buckets");
    const victim = "acme-analytics-reports";
    const bucket = buckets?.get(victim);
    if (!buckets || !bucket) throw new Error("Acme has no such bucket.");
    const calm = await collectProject(analytics, ["gcp.storage.bucket"]);
    sandbox.faults.beforeHandler = ({ operation }) => {
      if (operation.endsWith("/iam")) buckets.delete(victim);
    };
    const { resources, gaps, thrown } = await collectProject(analytics, ["gcp.storage.bucket"]);
    sandbox.faults.reset();
    buckets.set(victim, bucket);
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: [] });
    expect([...calm.resources.keys()].filter((uid) => !resources.has(uid))).toEqual([
      `//storage.googleapis.com/projects/_/buckets/${victim}`,
    ]);
  });

  it("an API that is not in use leaves nothing", async () => {
    const project = sandbox.gcp?.estate.projects.get(analytics.id);
    if (!project) throw new Error("Acme has no such project.");
    const inUse = new Set(project.enabledApis);
    for (const host of ["cloudkms", "dataproc"]) project.enabledApis.delete(`${host}.googleapis.com`);
    const kinds = collectorsOf("gcp").filter(({ service }) => ["kms", "dataproc"].includes(service));
    const none = await collectProject(
      analytics,
      kinds.map(({ kind }) => kind),
    );
    project.enabledApis = inUse;
    expect(none).toMatchObject({ gaps: [], thrown: [] });
    expect(none.resources.size).toBe(0);
  });

  it("an API that the caller's own project doesn't use is a gap, not an absence", async () => {
    const estate = sandbox.gcp?.estate;
    const identity = estate?.identities.get(analytics.scanner);
    const other = estate?.projects.get(acmeProjects[1].id);
    if (!estate || !identity || !other) throw new Error("Acme has no such scanner.");
    estate.identities.set(analytics.scanner, { ...identity, projectId: other.id });
    other.enabledApis.delete("cloudkms.googleapis.com");
    const { resources, gaps, thrown } = await collectProject(analytics, ["gcp.kms.key"]);
    other.enabledApis.add("cloudkms.googleapis.com");
    estate.identities.set(analytics.scanner, identity);
    expect(resources.size).toBe(0);
    expect(gaps).toEqual([]);
    expect(thrown.map((error) => classifyGcpError(error)?.name)).toEqual(["CONSUMER_SERVICE_DISABLED"]);
  });
});
