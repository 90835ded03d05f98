import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** What an app has that sets nothing. */
const defaults = {
  minTlsVersion: "1.2",
  scmMinTlsVersion: "1.2",
  ftpsState: "FtpsOnly",
  remoteDebuggingEnabled: false,
  http20Enabled: false,
  alwaysOn: false,
  webSocketsEnabled: false,
  numberOfWorkers: 1,
};

/** Apps of App Service, and their settings. */
export const appServiceTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Web/sites",
    // What a site says of its settings in passing is nearly all empty, in lists as in GET.
    show: (site) => ({
      ...site,
      properties: {
        ...site.properties,
        siteConfig: {
          numberOfWorkers: 1,
          http20Enabled: false,
          alwaysOn: null,
          minTlsVersion: null,
          ftpsState: null,
          remoteDebuggingEnabled: null,
        },
      },
    }),
    write: (next, previous, call) => {
      const { siteConfig, ...properties } = next.properties;
      if (typeof siteConfig === "object" && siteConfig !== null) {
        const before = call.subscription.tree.get(`${next.id}/config/web`)?.properties;
        putSettings(next.id, { ...(before ?? defaults), ...siteConfig }, call);
      }
      const host = `${next.name}.azurewebsites.net`;
      return {
        ...next,
        kind: next.kind ?? previous?.kind ?? "app",
        properties: { state: "Running", enabled: true, httpsOnly: false, hostNames: [host], ...properties },
      };
    },
  },
  {
    type: "Microsoft.Web/sites/config",
    get: (call) => (call.path.names.at(-1)?.toLowerCase() === "web" ? settingsOf(call) : null),
    list: (call) => [settingsOf(call)],
    write: (next, previous) => ({ ...next, properties: { ...previous?.properties, ...next.properties } }),
  },
];

function settingsOf({ path, subscription: { tree } }: ArmCall): ArmResource {
  const id = path.id.slice(0, path.id.toLowerCase().lastIndexOf("/config"));
  const site = tree.get(id);
  if (!site) throw new AzureError(404, "ResourceNotFound", `The site '${id}' was not found.`);
  return (
    tree.get(`${site.id}/config/web`) ?? {
      id: `${site.id}/config/web`,
      name: "web",
      type: "Microsoft.Web/sites/config",
      location: site.location ?? "",
      properties: { ...defaults },
    }
  );
}

const putSettings = (
  siteId: string,
  properties: Record<string, unknown>,
  { subscription }: ArmCall,
): ArmResource =>
  subscription.tree.put({
    id: `${siteId}/config/web`,
    name: "web",
    type: "Microsoft.Web/sites/config",
    properties,
  });
