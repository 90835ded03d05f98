import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { createTransport } from "#lib/clouds/azure/transport.ts";
import { CallLog } from "#sandbox/call-log.ts";
import { makeServerCertificate } from "#sandbox/certificate.ts";
import { Faults } from "#sandbox/faults.ts";
import { listen } from "#sandbox/listen.ts";
import { ArmTree, groupType } from "../arm-tree.ts";
import type { ArmType, AzureEstate, GraphRoute, ServicePrincipal, Subscription, Tenant } from "../model.ts";
import { AzureLayer } from "./azure-layer.ts";

export const tenantId = "aaaaaaaa-0000-4000-8000-000000000001";
export const subscriptionId = "bbbbbbbb-0000-4000-8000-000000000001";
export const appId = "cccccccc-0000-4000-8000-000000000001";
export const secret = "a-secret-of-the-test";

export function makePrincipal(change: Partial<ServicePrincipal> = {}): ServicePrincipal {
  return {
    appId,
    objectId: "dddddddd-0000-4000-8000-000000000001",
    displayName: "Tester",
    secrets: [{ value: secret }],
    certificates: [],
    graphPermissions: ["*"],
    access: new Map([[subscriptionId, { actions: ["*"], notActions: [] }]]),
    ...change,
  };
}

/** A tenant with one subscription, in it the resource group `rg`. */
export function makeEstate(pageSize = 3) {
  const tenant: Tenant = {
    id: tenantId,
    name: "Test",
    domain: "test.onmicrosoft.com",
    principals: new Map([[appId, makePrincipal()]]),
    graph: new Map(),
  };
  const subscription: Subscription = {
    id: subscriptionId,
    name: "Tests",
    tenantId,
    state: "Enabled",
    locations: ["westeurope", "northeurope", "eastus", "westus"],
    unregistered: new Set(),
    tree: new ArmTree(),
    kept: new Map(),
  };
  const groupId = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
  subscription.tree.put({ id: groupId, name: "rg", type: groupType, location: "westeurope", properties: {} });
  const estate: AzureEstate = {
    tenants: new Map([[tenantId, tenant]]),
    subscriptions: new Map([[subscriptionId, subscription]]),
    pageSize,
  };
  return { estate, tenant, subscription };
}

export type Answer = {
  status: number;
  body: Record<string, unknown>;
  header(name: string): string | undefined;
};

/** Opens the layer on a port, with a way to call it: logged in as the principal, or with a token given. */
export async function startAzure(
  estate: AzureEstate,
  types: readonly ArmType[],
  graphRoutes: readonly GraphRoute[] = [],
  now: () => Date = () => new Date(),
) {
  const faults = new Faults();
  const calls = new CallLog();
  const certificate = await makeServerCertificate();
  const layer = new AzureLayer({ estate, types, graphRoutes, faults, calls, now });
  const listening = await listen({
    host: "127.0.0.1",
    port: 0,
    certificate,
    faults,
    answer: (request) => layer.answer(request),
  });
  const transport = createTransport(certificate.cert);

  const send = async (
    method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE" | "HEAD",
    path: string,
    {
      token,
      body,
      form,
      headers: given = {},
    }: {
      token?: string;
      body?: object;
      form?: Record<string, string>;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> => {
    const headers = createHttpHeaders(given);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    const sent = form ? new URLSearchParams(form).toString() : body && JSON.stringify(body);
    const url = path.startsWith("https:") ? path : `${listening.url}${path}`;
    const answer = await transport.sendRequest(
      createPipelineRequest({ url, method, headers, ...(sent === undefined ? {} : { body: sent }) }),
    );
    return {
      status: answer.status,
      body: answer.bodyAsText ? JSON.parse(answer.bodyAsText) : {},
      header: (name) => answer.headers.get(name),
    };
  };
  const logIn = async (resource = "https://management.azure.com", client = appId): Promise<string> => {
    const { body } = await send("POST", `/${tenantId}/oauth2/v2.0/token`, {
      form: {
        grant_type: "client_credentials",
        client_id: client,
        client_secret: secret,
        scope: `${resource}/.default`,
      },
    });
    return String(body.access_token);
  };
  return {
    url: listening.url,
    faults,
    calls,
    send,
    logIn,
    close: async () => {
      transport.close();
      await listening.close();
    },
  };
}
