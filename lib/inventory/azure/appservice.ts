import type { Site } from "@azure/arm-appservice";
import { cut, readAndUnread, readPromised } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armResource, resourceGroupOf } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";

const readSites = "Microsoft.Web/sites/read";
const readConfig = "Microsoft.Web/sites/config/read";

export const apps: AzureCollector<"azure.appservice.app"> = {
  kind: "azure.appservice.app",
  cloud: "azure",
  service: "appservice",
  scope: "global",
  permissions: [readSites, readConfig],
  collect(context) {
    const { clients, signal } = context;
    const sites = clients.appservice.webApps.list({ abortSignal: signal });
    return context.each(armListing(readSites, sites), (site) => describeApp(context, site));
  },
};

/** The list has a `siteConfig`, but leaves nearly all of it out: the settings have to be asked for app by app. */
async function describeApp(context: AzureContext, site: Site): Promise<Resource<"azure.appservice.app">> {
  const { clients, signal, read } = context;
  const common = armResource(context, site);
  const [promised, settings] = await Promise.all([
    readPromised(context, common.uid, readSites, { httpsOnly: site.httpsOnly }),
    read(
      common.uid,
      readConfig,
      () =>
        clients.appservice.webApps.getConfiguration(resourceGroupOf(common.uid), common.name, {
          abortSignal: signal,
        }),
      { gone: ["ResourceNotFound", "NotFound"] },
    ),
  ]);
  const fields = {
    minTlsVersion: settings?.minTlsVersion,
    ftps: settings?.ftpsState,
    remoteDebugging: settings?.remoteDebuggingEnabled,
    http2: settings?.http20Enabled,
  };
  // What a refused call leaves unread has its gap already.
  const facets = settings
    ? await readPromised(context, common.uid, readConfig, fields)
    : readAndUnread(fields);
  const { type: identity } = site.identity ?? {};
  return {
    ...common,
    kind: "azure.appservice.app",
    config: {
      type: site.kind ? cut(site.kind) : null,
      state: site.state ?? null,
      ...promised.read,
      publicNetworkAccess: site.publicNetworkAccess ?? null,
      identities:
        identity && identity !== "None"
          ? identity
              .split(",")
              .map((each) => each.trim())
              .sort()
          : [],
      hostNames: [...(site.hostNames ?? [])].map(cut).sort(),
      ...facets.read,
    },
    unread: [...promised.unread, ...facets.unread],
  };
}
