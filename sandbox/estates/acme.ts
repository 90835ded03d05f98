import { addCredential } from "#sandbox/aws/handlers/state.ts";
import type { RoleTrusts } from "#sandbox/aws/handlers/sts.ts";
import type { AwsAccount, AwsEstate } from "#sandbox/aws/model.ts";
import { addStoryBuckets } from "./acme/buckets.ts";
import { type AcmeAccount, acmeAccounts, acmeDisabledRegions, acmeHub } from "./acme/company.ts";
import { addDatabases } from "./acme/databases.ts";
import { addFileSystems } from "./acme/file-systems.ts";
import { addFirewalls } from "./acme/firewalls.ts";
import { addGovernance, addKeys } from "./acme/governance.ts";
import { addIdentities } from "./acme/identity.ts";
import { addMachines } from "./acme/machines.ts";
import { addPrefixLists, layNetworks } from "./acme/networks.ts";
import { addOrganisation } from "./acme/organisation.ts";
import { addWorkloads } from "./acme/workloads.ts";
import { createRandom } from "./build/random.ts";
import type { Site } from "./build/site.ts";

export { type AcmeAccount, acmeAccounts, acmeHub } from "./acme/company.ts";
export { countResources } from "./count.ts";

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
export function buildAcme({ scale = 1, now = new Date() }: AcmeOptions = {}): AwsEstate {
  const estate: AwsEstate = { credentials: new Map(), accounts: new Map() };
  const random = createRandom(0xac3e);
  addCredential(estate, acmeHub);
  const stories = acmeAccounts.map((described) => {
    const { environment } = described;
    const site: Site = {
      estate,
      account: addAccount(estate, described),
      region: "eu-west-1",
      random,
      now,
    };
    const keys = addKeys(site, environment);
    const networks = layNetworks(site, environment);
    const groups = addFirewalls(site, environment, networks, addPrefixLists(site, environment));
    addMachines(site, environment, networks, groups);
    addDatabases(site, environment, networks, groups, keys);
    addStoryBuckets(site, environment, keys.data);
    addIdentities(site, described);
    addGovernance(site, environment, keys);
    addFileSystems(site, environment, keys);
    return { site, environment, networks };
  });
  for (const { site, environment, networks } of stories) {
    // Numbers of its own for each account, so that one account's growth leaves the others as they are.
    const own = { ...site, random: createRandom(Number(site.account.id) % 2 ** 31) };
    addWorkloads(own, environment, networks, scale);
  }
  addOrganisation(estate);
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
