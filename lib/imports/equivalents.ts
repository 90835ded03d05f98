import { catalogue } from "#lib/checks/index.ts";
import type { Equivalent } from "./equivalents/equivalent.ts";
import { prowlerAws } from "./equivalents/prowler-aws.ts";
import { prowlerAzure } from "./equivalents/prowler-azure.ts";
import { prowlerGcp } from "./equivalents/prowler-gcp.ts";
import { securityHub } from "./equivalents/security-hub.ts";
import type { ForeignCheck } from "./model.ts";

/** Which checks of other tools Parapet's own make superfluous, by tool and the tool's own name. Reviewed by hand. */
export const equivalents: Readonly<
  Record<ForeignCheck["source"], ReadonlyMap<string, readonly Equivalent[]>>
> = {
  prowler: new Map(Object.entries({ ...prowlerAws, ...prowlerAzure, ...prowlerGcp })),
  security_hub: new Map(Object.entries(securityHub)),
  sarif: new Map(),
};

const kindOf = new Map<string, string>(catalogue.map(({ id, resource }) => [id, resource]));

/** Parapet's checks that answer what this one asks, with the kind of resource that each judges. */
export function equivalentsOf({
  source,
  name,
}: Pick<ForeignCheck, "source" | "name">): readonly (Equivalent & { kind: string })[] {
  const found = equivalents[source].get(name) ?? [];
  return found.flatMap((each) => {
    const kind = kindOf.get(each.checkId);
    return kind === undefined ? [] : [{ ...each, kind }];
  });
}

/** Kinds of which an account, or each of its regions, has one: they stand for the account or region itself. */
export const singletonKinds: ReadonlySet<string> = new Set(
  [...kindOf.values()].filter(
    (kind) =>
      /\.(account|region|subscription|project|tenant)$/.test(kind) && kind !== "azure.storage.account",
  ),
);
