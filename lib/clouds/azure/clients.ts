import { WebSiteManagementClient } from "@azure/arm-appservice";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { ComputeManagementClient } from "@azure/arm-compute";
import { AzureDatabricksManagementClient } from "@azure/arm-databricks";
import { KeyVaultManagementClient } from "@azure/arm-keyvault";
import { MonitorClient } from "@azure/arm-monitor";
import { MySQLManagementFlexibleServerClient } from "@azure/arm-mysql-flexible";
import { NetworkManagementClient } from "@azure/arm-network";
import { PostgreSQLManagementFlexibleServerClient } from "@azure/arm-postgresql-flexible";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { SecurityCenter } from "@azure/arm-security";
import { SqlManagementClient } from "@azure/arm-sql";
import { StorageManagementClient } from "@azure/arm-storage";
import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import manifest from "../../../package.json" with { type: "json" };
import { lazily } from "../lazily.ts";
import type { AzureSession } from "./azure-session.ts";
import { type GraphClient, graphAction, graphClient } from "./graph.ts";
import { governedClient } from "./http.ts";
import { type ResourceManagerReader, resourceManagerReader } from "./resource-manager.ts";

/**
 * The SDK clients of one account, by service. Each is made when first asked for, and all share their session. Those of a
 * directory have no subscription: there, only `graph` and `subscriptions` are of use.
 */
export type AzureClients = {
  readonly network: NetworkManagementClient;
  readonly compute: ComputeManagementClient;
  readonly storage: StorageManagementClient;
  readonly keyvault: KeyVaultManagementClient;
  readonly sql: SqlManagementClient;
  readonly postgresql: PostgreSQLManagementFlexibleServerClient;
  readonly mysql: MySQLManagementFlexibleServerClient;
  readonly monitor: MonitorClient;
  readonly appservice: WebSiteManagementClient;
  readonly authorization: AuthorizationManagementClient;
  readonly databricks: AzureDatabricksManagementClient;
  readonly security: SecurityCenter;
  readonly resources: ResourceManagementClient;
  readonly subscriptions: SubscriptionClient;
  readonly graph: GraphClient;
  readonly monitorReader: ResourceManagerReader;
  readonly securityReader: ResourceManagerReader;
  readonly authorizationReader: ResourceManagerReader;
};

/** Sent with every call, so that Azure's logs show who asked. */
export const userAgentOptions = { userAgentPrefix: `parapet/${manifest.version}` };

/** @param subscription The subscription's id; empty for a directory. */
export function azureClients(session: AzureSession, subscription: string): AzureClients {
  const { endpoints, tokens, governor, transport, random } = session;
  const scope = endpoints.resourceManagerScope;
  const endpoint = endpoints.resourceManagerUrl;
  const credential: TokenCredential = { getToken: () => tokens.resourceManager.get() };
  const httpClientOf = (service: string): HttpClient =>
    governedClient({
      transport,
      governor,
      service,
      tokens: tokens.resourceManager,
      baseUrl: endpoint,
      actionOf: resourceManagerAction,
      random,
    });
  // Retries are ours (see http.ts), and a redirect would take the token along.
  const common = { userAgentOptions, retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } };
  /** For packages over `@azure/core-client`. */
  const options = (service: string) => ({
    ...common,
    endpoint,
    credentialScopes: scope,
    httpClient: httpClientOf(service),
  });
  /** For packages over `@azure-rest/core-client`. */
  const modernOptions = (service: string) => ({
    ...common,
    endpoint,
    credentials: { scopes: [scope] },
    httpClient: httpClientOf(service),
  });
  const readerFor = (service: string) =>
    resourceManagerReader({
      endpoint,
      scope,
      tokens: tokens.resourceManager,
      common,
      httpClient: httpClientOf(service),
    });
  return lazily({
    network: () => new NetworkManagementClient(credential, subscription, options("network")),
    compute: () => new ComputeManagementClient(credential, subscription, modernOptions("compute")),
    storage: () => new StorageManagementClient(credential, subscription, modernOptions("storage")),
    keyvault: () => new KeyVaultManagementClient(credential, subscription, modernOptions("keyvault")),
    sql: () => new SqlManagementClient(credential, subscription, options("sql")),
    postgresql: () =>
      new PostgreSQLManagementFlexibleServerClient(credential, subscription, options("postgresql")),
    mysql: () => new MySQLManagementFlexibleServerClient(credential, subscription, options("mysql")),
    monitor: () => new MonitorClient(credential, subscription, options("monitor")),
    appservice: () => new WebSiteManagementClient(credential, subscription, modernOptions("appservice")),
    authorization: () =>
      new AuthorizationManagementClient(credential, subscription, options("authorization")),
    databricks: () => new AzureDatabricksManagementClient(credential, subscription, options("databricks")),
    security: () => new SecurityCenter(credential, subscription, options("security")),
    resources: () => new ResourceManagementClient(credential, subscription, options("resources")),
    subscriptions: () => new SubscriptionClient(credential, options("subscriptions")),
    graph: () =>
      graphClient({
        graphUrl: endpoints.graphUrl,
        scope: endpoints.graphScope,
        tokens: tokens.graph,
        common,
        httpClient: governedClient({
          transport,
          governor,
          service: "graph",
          tokens: tokens.graph,
          baseUrl: endpoints.graphUrl,
          actionOf: graphAction,
          random,
        }),
      }),
    monitorReader: () => readerFor("monitor"),
    securityReader: () => readerFor("security"),
    authorizationReader: () => readerFor("authorization"),
  });
}

/** Method and resource type, such as `GET Microsoft.Storage/storageAccounts`. */
export function resourceManagerAction({ method, url }: PipelineRequest): string {
  const steps = new URL(url).pathname.split("/").filter(Boolean);
  const provider = steps.findLastIndex((step) => step.toLowerCase() === "providers");
  const [namespace = "Microsoft.Resources", ...rest] =
    provider === -1 ? ["Microsoft.Resources", ...steps] : steps.slice(provider + 1);
  return `${method} ${[namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/")}`;
}
