import { afterAll, beforeAll, expect, it } from "vitest";
import { type GcpClients, gcpClients } from "#lib/clouds/gcp/clients.ts";
import { gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "./acme-gcp.ts";

const [production, development] = acmeProjects;
let sandbox: Sandbox;
let close: () => void;
let clients: (project: typeof production) => GcpClients;
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp() });
  const opened = acmeProjects.map(({ id, remediator }) => {
    const connection = {
      type: "impersonate" as const,
      serviceAccount: remediator,
      endpointUrl: sandbox.gcp?.url ?? "",
    };
    return { id, access: gcpAccess(connection, { emulatorCredentials: acmeGcpHub }) };
  });
  clients = ({ id }) => {
    const found = opened.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not open.`);
    return gcpClients(found.access);
  };
  close = () => {
    for (const { access } of opened) access.close();
  };
});
afterAll(async () => {
  close();
  await sandbox.close();
});

/** What a call is refused with. */
const refusal = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => "not refused",
    (error: unknown) => classifyGcpError(error)?.name,
  );

it("makes, changes and deletes firewall rules", async () => {
  const { firewalls } = await clients(development).compute();
  const project = development.id;
  const requestBody = { name: "try-ssh", allowed: [{ IPProtocol: "tcp", ports: ["22"] }] };
  const made = await firewalls.insert({ project, requestBody });
  expect(made.data).toMatchObject({ kind: "compute#operation", status: "RUNNING", operationType: "insert" });
  const rule = { project, firewall: "try-ssh" };
  expect((await firewalls.get(rule)).data).toMatchObject({
    ...requestBody,
    direction: "INGRESS",
    priority: 1000,
    disabled: false,
    sourceRanges: ["0.0.0.0/0"],
    network: `https://www.googleapis.com/compute/v1/projects/${project}/global/networks/default`,
  });
  expect(await refusal(firewalls.insert({ project, requestBody }))).toBe("ABORTED");
  await firewalls.patch({ ...rule, requestBody: { disabled: true } });
  expect((await firewalls.get(rule)).data).toMatchObject({ disabled: true, sourceRanges: ["0.0.0.0/0"] });
  await firewalls.update({ ...rule, requestBody: { denied: [{ IPProtocol: "all" }] } });
  const { data } = await firewalls.get(rule);
  expect(data).toMatchObject({ denied: [{ IPProtocol: "all" }], disabled: false });
  expect(data.allowed).toBeUndefined();
  await firewalls.delete(rule);
  expect(await refusal(firewalls.get(rule))).toBe("NOT_FOUND");
});

it("keeps a network that is in use", async () => {
  const { networks } = await clients(development).compute();
  const project = development.id;
  expect(await refusal(networks.delete({ project, network: "default" }))).toBe("INVALID_ARGUMENT");
  await networks.delete({ project, network: "lab-2016" });
  expect(await refusal(networks.get({ project, network: "lab-2016" }))).toBe("NOT_FOUND");
});

it("replaces metadata only for who has seen them, and asks some changes to wait for a stop", async () => {
  const { instances } = await clients(production).compute();
  const place = { project: production.id, zone: "europe-west3-b", instance: "etl-legacy" };
  const { fingerprint } = (await instances.get(place)).data.metadata ?? {};
  const items = [{ key: "serial-port-enable", value: "FALSE" }];
  const stale = { ...place, requestBody: { fingerprint: "stale", items } };
  expect(await refusal(instances.setMetadata(stale))).toBe("FAILED_PRECONDITION");
  await instances.setMetadata({ ...place, requestBody: { fingerprint: fingerprint ?? null, items } });
  expect((await instances.get(place)).data.metadata?.items).toEqual(items);

  const requestBody = { enableVtpm: true, enableIntegrityMonitoring: true };
  expect(await refusal(instances.updateShieldedInstanceConfig({ ...place, requestBody }))).toBe(
    "INVALID_ARGUMENT",
  );
  await instances.stop(place);
  await instances.updateShieldedInstanceConfig({ ...place, requestBody });
  await instances.setServiceAccount({ ...place, requestBody: { email: "etl@example.com", scopes: ["a"] } });
  await instances.deleteAccessConfig({ ...place, accessConfig: "External NAT", networkInterface: "nic0" });
  await instances.start(place);
  const { data } = await instances.get(place);
  expect(data).toMatchObject({
    status: "RUNNING",
    shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
    serviceAccounts: [{ email: "etl@example.com", scopes: ["a"] }],
  });
  expect(data.networkInterfaces?.[0]?.accessConfigs).toBeUndefined();
});

it("changes project metadata, subnets, backend services and rules of policies", async () => {
  const compute = await clients(development).compute();
  const project = development.id;
  const { fingerprint } = (await compute.projects.get({ project })).data.commonInstanceMetadata ?? {};
  const items = [{ key: "enable-oslogin", value: "TRUE" }];
  await compute.projects.setCommonInstanceMetadata({
    project,
    requestBody: { fingerprint: fingerprint ?? null, items },
  });
  expect((await compute.projects.get({ project })).data.commonInstanceMetadata?.items).toEqual(items);

  const subnet = { project, region: "europe-west4", subnetwork: "scratch-ams" };
  const logConfig = { enable: true };
  expect(await refusal(compute.subnetworks.patch({ ...subnet, requestBody: { logConfig } }))).toBe(
    "FAILED_PRECONDITION",
  );
  const { fingerprint: seen } = (await compute.subnetworks.get(subnet)).data;
  await compute.subnetworks.patch({ ...subnet, requestBody: { logConfig, fingerprint: seen ?? null } });
  expect((await compute.subnetworks.get(subnet)).data.logConfig).toEqual(logConfig);

  const service = { project, backendService: "model-preview" };
  await compute.backendServices.patch({ ...service, requestBody: { logConfig: { enable: true } } });
  expect((await compute.backendServices.get(service)).data.logConfig).toEqual({ enable: true });

  const policy = { project, firewallPolicy: "scratch-anything" };
  await compute.networkFirewallPolicies.patchRule({
    ...policy,
    priority: 1,
    requestBody: { disabled: true },
  });
  const effective = await compute.networks.getEffectiveFirewalls({ project, network: "scratch" });
  expect(
    effective.data.firewallPolicys?.map(({ name, type }) => [name === "scratch-anything", type]),
  ).toEqual([
    [false, "HIERARCHY"],
    [true, "NETWORK"],
  ]);
  expect(effective.data.firewallPolicys?.[1]?.rules?.[0]).toMatchObject({ priority: 1, disabled: true });
  expect(effective.data.firewalls?.map(({ name }) => name)).toEqual(["scratch-rdp"]);
});

it("signs zones, and makes their keys anew only while they are not signed", async () => {
  const { managedZones, policies } = await clients(production).dns();
  const project = production.id;
  const zone = { project, managedZone: "acme-charts" };
  const keys = [{ keyType: "keySigning", algorithm: "rsasha256", keyLength: 2048 }];
  const requestBody = { dnssecConfig: { defaultKeySpecs: keys } };
  expect(await refusal(managedZones.patch({ ...zone, requestBody }))).toBe("FAILED_PRECONDITION");
  await managedZones.patch({ ...zone, requestBody: { dnssecConfig: { state: "off" } } });
  await managedZones.patch({
    ...zone,
    requestBody: { dnssecConfig: { state: "on", defaultKeySpecs: keys } },
  });
  expect((await managedZones.get(zone)).data.dnssecConfig).toMatchObject({
    state: "on",
    defaultKeySpecs: keys,
  });

  await policies.patch({ project, policy: "partner-forwarding", requestBody: { enableLogging: true } });
  expect((await policies.get({ project, policy: "partner-forwarding" })).data.enableLogging).toBe(true);
  await policies.create({ project, requestBody: { name: "more", enableLogging: true, networks: [] } });
  expect((await policies.get({ project, policy: "more" })).data.enableLogging).toBe(true);
});

it("changes databases", async () => {
  const { instances, operations } = await clients(production).sqladmin();
  const place = { project: production.id, instance: "partner-portal" };
  const { data } = await instances.patch({
    ...place,
    requestBody: {
      settings: {
        ipConfiguration: { ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY", authorizedNetworks: [] },
        databaseFlags: [{ name: "local_infile", value: "off" }],
      },
    },
  });
  const operation = await operations.get({ project: production.id, operation: data.name ?? "" });
  expect(operation.data).toMatchObject({
    status: "DONE",
    operationType: "UPDATE",
    targetId: "partner-portal",
  });
  const { ipAddresses, settings } = (await instances.get(place)).data;
  expect(ipAddresses).toEqual([]);
  expect(settings).toMatchObject({
    settingsVersion: "2",
    tier: "db-custom-2-7680",
    ipConfiguration: { ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY", authorizedNetworks: [] },
    databaseFlags: [{ name: "local_infile", value: "off" }],
  });
});
