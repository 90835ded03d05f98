import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { sourceName } from "#components/findings/source-names.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import type { Labels } from "./facets.ts";

const byId = new Map<string, AnyCheck>(catalogue.map((check) => [check.id, check]));

/** A check of the catalogue; undefined for one that has been retired since, and for another tool's. */
export const findCheck = (id: string): AnyCheck | undefined => byId.get(id);

export const checkTitle = (id: string): string => byId.get(id)?.title ?? id;

export const findingLabels = (accounts: readonly { id: string; name: string }[]): Labels => {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    cloud: cloudName,
    account: (id) => names.get(id) ?? id,
    service: serviceName,
    check: checkTitle,
    source: sourceName,
  };
};
