import { addApp } from "#sandbox/estates/build/azure/apps.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";

/** The apps that have a story. */
export function addApps(site: AcmeAzureSite): void {
  const { environment } = site;
  if (environment === "production") {
    const shop = inGroup(site, "rg-shop-prod", "westeurope", tagsOf(environment, "checkout"));
    addApp(shop, { name: "app-acme-shop", tags: tagsOf(environment, "checkout") });
    // Takes the messages of an acquirer whose side has not been touched since 2016.
    addApp(shop, {
      name: "app-acme-webhooks-old",
      kind: "app",
      tags: tagsOf(environment, "merchants"),
      hasIdentity: false,
      properties: { httpsOnly: false },
      settings: { minTlsVersion: "1.0", ftpsState: "AllAllowed", http20Enabled: false },
    });
    return;
  }
  const lake = inGroup(site, "rg-lake-staging", "germanywestcentral", tagsOf(environment, "data"));
  addApp(lake, { name: "func-acme-ingest", kind: "functionapp,linux", tags: tagsOf(environment, "data") });
  // Somebody looked for a leak of memory in the spring.
  addApp(lake, {
    name: "app-acme-model-demo",
    tags: { Owner: "mei.tanaka@acme.example" },
    settings: { remoteDebuggingEnabled: true, ftpsState: "FtpsOnly" },
  });
}
