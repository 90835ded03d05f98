import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { sourceName } from "#components/findings/source-names.ts";
import type { Store } from "#db/client.ts";
import { labelChecks } from "#db/imports/checks.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck } from "#lib/checks/model.ts";
import type { Labels } from "./facets.ts";

const byId = new Map<string, AnyCheck>(catalogue.map((check) => [check.id, check]));

/** A check of the catalogue; undefined for one that has been retired since, and for another tool's. */
export const findCheck = (id: string): AnyCheck | undefined => byId.get(id);

export type CheckTitle = (id: string) => string;

/** What checks are called: Parapet's own, and other tools' as their reports call them; any other by its id. */
export async function readCheckTitles(
  db: Store,
  scope: Scope,
  checkIds: readonly string[],
): Promise<CheckTitle> {
  const imported = await labelChecks(db, scope, checkIds);
  return (id) => byId.get(id)?.title ?? imported.get(id) ?? id;
}

export const findingLabels = (
  accounts: readonly { id: string; name: string }[],
  checkTitle: CheckTitle,
): Labels => {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    cloud: cloudName,
    account: (id) => names.get(id) ?? id,
    service: serviceName,
    check: checkTitle,
    source: sourceName,
  };
};
