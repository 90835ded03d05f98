import { serviceName } from "#components/findings/service-names.ts";
import { catalogue } from "#lib/checks/index.ts";
import { allServices } from "#lib/inventory/registry.ts";

export type Choice = { value: string; label: string };
export type ScanChoices = { accountIds: Choice[]; regions: Choice[]; services: Choice[]; checks: Choice[] };

/** What a scan can be narrowed to, as the dialog offers it. */
export const scanChoices = (known: {
  accounts: readonly { id: string; name: string; externalId: string }[];
  regions: readonly string[];
}): ScanChoices => ({
  accountIds: known.accounts.map(({ id, name }) => ({ value: id, label: name })),
  regions: known.regions.map((region) => ({ value: region, label: region })),
  services: allServices().map((service) => ({ value: service, label: serviceName(service) })),
  checks: catalogue.map(({ id, title }) => ({ value: id, label: title })),
});
