import { addCredential } from "#sandbox/aws/handlers/state.ts";
import type { RoleTrusts } from "#sandbox/aws/handlers/sts.ts";
import type { AwsAccount, AwsEstate } from "#sandbox/aws/model.ts";
import { addStoryBuckets } from "./acme/buckets.ts";
import { type AcmeAccount, acmeAccounts, acmeDisabledRegions, acmeHub } from "./acme/company.ts";
import { addFirewalls } from "./acme/firewalls.ts";
import { addMachines } from "./acme/machines.ts";
import { addPrefixLists, layNetworks } from "./acme/networks.ts";
import { createRandom } from "./build/random.ts";
import { arnOf, type Site } from "./build/site.ts";

export { type AcmeAccount, acmeAccounts, acmeHub } from "./acme/company.ts";

export type AcmeOptions = {
  /** Multiplies the ordinary workloads; what has a story, and what an account has once, stays as it is. */
  scale?: number;
  /** When the estate is looked at. Its dates lie before that, always as far. */
  now?: Date;
};

/**
 * Acme, a payments company: production, staging and security tooling. The same for the same options, down to the ids;
 * a larger scale only adds to a smaller.
 */
export function buildAcme({ scale: _scale = 1, now = new Date() }: AcmeOptions = {}): AwsEstate {
  const estate: AwsEstate = { credentials: new Map(), accounts: new Map() };
  const random = createRandom(0xac3e);
  addCredential(estate, acmeHub);
  for (const described of acmeAccounts) {
    const account = addAccount(estate, described);
    const site: Site = { estate, account, region: "eu-west-1", random, now };
    const networks = layNetworks(site, described.environment);
    const groups = addFirewalls(
      site,
      described.environment,
      networks,
      addPrefixLists(site, described.environment),
    );
    addMachines(site, described.environment, networks, groups);
    addStoryBuckets(site, described.environment, arnOf(site, "kms", "alias/acme-data"));
  }
  return estate;
}

function addAccount(estate: AwsEstate, described: AcmeAccount): AwsAccount {
  const { id, name, regions, externalId, accessKey } = described;
  const trust = { trustedPrincipals: [acmeHub.arn], externalId };
  const trusts: RoleTrusts = new Map([
    ["ParapetScanner", trust],
    ["ParapetRemediator", trust],
  ]);
  const account: AwsAccount = {
    id,
    name,
    partition: "aws",
    regions: [...regions],
    disabledRegions: [...acmeDisabledRegions],
    state: new Map([["sts", trusts]]),
  };
  estate.accounts.set(id, account);
  addCredential(estate, { ...accessKey, account: id, arn: `arn:aws:iam::${id}:user/parapet-direct` });
  return account;
}
