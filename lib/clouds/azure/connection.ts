import { z } from "zod";
import { DomainError } from "#lib/errors.ts";

const guid = z
  .guid("An id of Microsoft Entra looks like 11111111-2222-3333-4444-555555555555.")
  .toLowerCase();

/** A sandbox or emulator that all calls go to instead of Azure. */
export const AzureEmulator = z.object({
  /** Stands for `https://management.azure.com`. */
  resourceManagerUrl: z.url({ protocol: /^https$/ }),
  /** Stands for `https://login.microsoftonline.com`. */
  authorityUrl: z.url({ protocol: /^https$/ }),
  /** Stands for `https://graph.microsoft.com`. */
  graphUrl: z.url({ protocol: /^https$/ }),
  /** PEM of the certificate that it shows. Only this one is believed then. */
  ca: z.string().min(1).max(20_000),
});
export type AzureEmulator = z.infer<typeof AzureEmulator>;

/** The national clouds that Azure runs; `public` when left out. */
export const azureClouds = ["public", "usgovernment", "china"] as const;
export type AzureCloudName = (typeof azureClouds)[number];

const where = { cloud: z.enum(azureClouds).optional(), emulator: AzureEmulator.optional() };

/** How a subscription or tenant is reached. Stored with the account; its secrets are kept apart, sealed. */
export const AzureConnection = z.discriminatedUnion("type", [
  /** The SDK's own chain: environment, workload or managed identity, the Azure CLI's login. */
  z.object({ type: z.literal("default"), tenantId: guid.optional(), ...where }),
  z.object({ type: z.literal("client_secret"), tenantId: guid, clientId: guid, ...where }),
  z.object({ type: z.literal("client_certificate"), tenantId: guid, clientId: guid, ...where }),
]);
export type AzureConnection = z.infer<typeof AzureConnection>;

/** `certificate` is one PEM text that holds both the certificate and its private key. */
export const azureSecretNames = ["clientSecret", "certificate"] as const;
export type AzureSecretName = (typeof azureSecretNames)[number];

/** The secrets that a connection of each type takes. */
export const azureSecretsOf: Record<AzureConnection["type"], readonly AzureSecretName[]> = {
  default: [],
  client_secret: ["clientSecret"],
  client_certificate: ["certificate"],
};

/** Unsealed secrets by name. */
export type AzureSecrets = Readonly<Record<string, string>>;

/** More in a row than PEM has anywhere; the SDK's reader takes the square of their number to get past them. */
const tooManyDashes = /-{11}/;

/** Throws for a secret that the connection takes and that isn't there, or that can't be one. */
export function requireSecrets(connection: AzureConnection, secrets: AzureSecrets): void {
  for (const name of azureSecretsOf[connection.type]) {
    if (!secrets[name]) {
      throw new DomainError("unavailable", `The account's ${name} is missing. Enter it anew.`);
    }
    if (name === "certificate" && tooManyDashes.test(secrets[name])) {
      throw new DomainError("unavailable", "The account's certificate is no PEM text. Enter it anew.");
    }
  }
}

/** Where a cloud's parts are, and for which audience tokens are asked. */
export type AzureEndpoints = {
  resourceManagerUrl: string;
  authorityUrl: string;
  graphUrl: string;
  resourceManagerScope: string;
  graphScope: string;
  /** `undefined`: the machine's own roots. */
  ca: string | undefined;
};

const endpointsByCloud: Record<AzureCloudName, Omit<AzureEndpoints, "ca">> = {
  public: {
    resourceManagerUrl: "https://management.azure.com",
    authorityUrl: "https://login.microsoftonline.com",
    graphUrl: "https://graph.microsoft.com",
    resourceManagerScope: "https://management.azure.com/.default",
    graphScope: "https://graph.microsoft.com/.default",
  },
  usgovernment: {
    resourceManagerUrl: "https://management.usgovcloudapi.net",
    authorityUrl: "https://login.microsoftonline.us",
    graphUrl: "https://graph.microsoft.us",
    resourceManagerScope: "https://management.usgovcloudapi.net/.default",
    graphScope: "https://graph.microsoft.us/.default",
  },
  china: {
    resourceManagerUrl: "https://management.chinacloudapi.cn",
    authorityUrl: "https://login.chinacloudapi.cn",
    graphUrl: "https://microsoftgraph.chinacloudapi.cn",
    resourceManagerScope: "https://management.chinacloudapi.cn/.default",
    graphScope: "https://microsoftgraph.chinacloudapi.cn/.default",
  },
};

/** An emulator takes tokens for the audiences of the cloud that it stands for. */
export function endpointsOf({ cloud = "public", emulator }: AzureConnection): AzureEndpoints {
  const own = endpointsByCloud[cloud];
  if (!emulator) return { ...own, ca: undefined };
  const { resourceManagerUrl, authorityUrl, graphUrl, ca } = emulator;
  return {
    ...own,
    resourceManagerUrl: withoutSlash(resourceManagerUrl),
    authorityUrl: withoutSlash(authorityUrl),
    graphUrl: withoutSlash(graphUrl),
    ca,
  };
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");
