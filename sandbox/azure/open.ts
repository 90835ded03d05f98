import type { CallLog } from "#sandbox/call-log.ts";
import { type Certificate, makeServerCertificate } from "#sandbox/certificate.ts";
import type { Faults } from "#sandbox/faults.ts";
import { type Listening, listen } from "#sandbox/listen.ts";
import type { AzureEstate } from "./model.ts";
import { armTypes, graphRoutes } from "./types/index.ts";
import { AzureLayer } from "./wire/azure-layer.ts";

/** Where the sandbox's Azure is. All three are one port, told apart by their paths. */
export type AzureAddress = {
  url: string;
  authorityUrl: string;
  graphUrl: string;
  /** PEM of the certificate that it shows. */
  ca: string;
  port: number;
  estate: AzureEstate;
};

/** Opens the port of Azure, over TLS: the SDK gives tokens to nothing else. */
export async function openAzure(options: {
  host: string;
  /** 0 takes any free port. */
  port: number;
  estate: AzureEstate;
  certificate: Certificate | undefined;
  faults: Faults;
  calls: CallLog;
  now: () => Date;
}): Promise<{ listening: Listening; address: AzureAddress; describe(): object }> {
  const { host, port, estate, faults, calls, now } = options;
  const certificate = options.certificate ?? (await makeServerCertificate());
  const layer = new AzureLayer({ estate, types: armTypes, graphRoutes, faults, calls, now });
  const listening = await listen({
    host,
    port,
    certificate,
    faults,
    answer: (request) => layer.answer(request),
  });
  const { url } = listening;
  const where = { url, authorityUrl: url, graphUrl: url, ca: certificate.cert };
  return {
    listening,
    address: { ...where, port: listening.port, estate },
    describe: () => ({ ...where, tenants: describeTenants(estate) }),
  };
}

/** What setting up an account takes, made-up secrets included: they open nothing but this process's estate. */
const describeTenants = ({ tenants, subscriptions }: AzureEstate): object[] =>
  [...tenants.values()].map(({ id, name, domain, principals }) => ({
    id,
    name,
    domain,
    subscriptions: [...subscriptions.values()]
      .filter(({ tenantId }) => tenantId === id)
      .map((subscription) => ({ id: subscription.id, name: subscription.name })),
    principals: [...principals.values()].map(({ appId, displayName, secrets }) => ({
      clientId: appId,
      displayName,
      clientSecret: secrets[0]?.value ?? null,
    })),
  }));
