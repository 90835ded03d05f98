import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addChild, addResource, armId } from "./site.ts";

export type NewApp = {
  /** One of a kind in all of Azure. */
  name: string;
  kind?: string;
  tags?: Tags;
  /** Settings that differ from the templates'. */
  settings?: Record<string, unknown>;
  hasIdentity?: boolean;
  properties?: Record<string, unknown>;
};

/** An app of App Service, as Acme's templates make it unless said otherwise. */
export function addApp(site: AzureSite, app: NewApp): ArmResource {
  const { name, kind = "app,linux", tags = {}, settings = {}, hasIdentity = true, properties = {} } = app;
  const host = `${name}.azurewebsites.net`;
  const added = addResource(site, "Microsoft.Web/sites", {
    name,
    tags,
    kind,
    ...(hasIdentity
      ? { identity: { type: "SystemAssigned", principalId: site.random.uuid(), tenantId: site.tenant.id } }
      : {}),
    properties: {
      state: "Running",
      enabled: true,
      hostNames: [host],
      defaultHostName: host,
      serverFarmId: armId(site, "Microsoft.Web/serverfarms", "plan-acme"),
      httpsOnly: true,
      clientCertEnabled: false,
      publicNetworkAccess: "Enabled",
      ...properties,
    },
  });
  addChild(site, added.id, "config/web", {
    location: site.location,
    properties: {
      minTlsVersion: "1.2",
      scmMinTlsVersion: "1.2",
      ftpsState: "Disabled",
      remoteDebuggingEnabled: false,
      http20Enabled: true,
      alwaysOn: true,
      numberOfWorkers: 1,
      ...settings,
    },
  });
  return added;
}
