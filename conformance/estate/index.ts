import { type AwsSession, awsSession } from "#lib/clouds/aws/credentials.ts";
import { accountSettingsUid } from "#lib/inventory/aws/account-settings.ts";
import { makeFileSystems } from "./file-systems.ts";
import { makeGoodAccount, makeIdentities } from "./identities.ts";
import { makeMachines } from "./machines.ts";
import { makeNetworks } from "./networks.ts";
import { blockAccount, makeBucketPublicByAcl, makeBuckets } from "./s3.ts";
import { regions, Site } from "./site.ts";
import { makeGoodTrail, makeWatching } from "./watching.ts";

/** moto's account for keys that it hasn't handed out itself, and one that is reached by assuming a role. */
export const neglectedAccount = "123456789012";
export const hardenedAccount = "222222222222";

/** Any keys will do. */
export const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "moto-checks-no-signature" };

/** Builds both accounts by plain SDK calls, and returns the uid of everything by name. */
export async function buildEstate(url: string): Promise<ReadonlyMap<string, string>> {
  const neglected = await withSession(
    awsSession({ type: "ambient", endpointUrl: url }, { sourceKeys: keys }),
    buildNeglected,
  );
  const roleArn = `arn:aws:iam::${hardenedAccount}:role/parapet`;
  const hardened = await withSession(
    awsSession({ type: "assume_role", roleArn, endpointUrl: url }, { sourceKeys: keys }),
    buildHardened,
  );
  return new Map([...neglected.uids, ...hardened.uids]);
}

async function withSession(
  session: AwsSession,
  build: (session: AwsSession) => Promise<Site>,
): Promise<Site> {
  try {
    return await build(session);
  } finally {
    session.close();
  }
}

async function buildNeglected(session: AwsSession): Promise<Site> {
  const site = new Site(neglectedAccount, session);
  await makeBuckets(site);
  const { privateSubnetId } = await makeNetworks(site);
  const { profileArn } = await makeIdentities(site);
  await makeMachines(site, privateSubnetId, profileArn);
  await makeFileSystems(site);
  await makeWatching(site);
  nameSettings(site, "neglected");
  return site;
}

async function buildHardened(session: AwsSession): Promise<Site> {
  const site = new Site(hardenedAccount, session);
  await makeBucketPublicByAcl(site);
  await blockAccount(site);
  await makeGoodAccount(site);
  await makeGoodTrail(site);
  nameSettings(site, "hardened");
  return site;
}

/** What an account has by itself. */
function nameSettings(site: Site, name: string): void {
  const { account } = site;
  site.name(`${name} account`, `arn:aws:iam::${account}:root`);
  site.name(`${name} S3 settings`, accountSettingsUid("aws", "s3", "", account));
  for (const region of regions) {
    for (const service of ["ec2", "config", "guardduty", "access-analyzer", "securityhub"] as const) {
      site.name(`${name} ${service} ${region}`, accountSettingsUid("aws", service, region, account));
    }
  }
}
