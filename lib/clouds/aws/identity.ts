import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { MalformedAnswer, required } from "#lib/inventory/answers.ts";
import { awsClients } from "./clients.ts";
import type { AwsSession } from "./credentials.ts";

export type AwsIdentity = {
  /** 12 digits. */
  account: string;
  /** Who the credentials speak for, such as `arn:aws:sts::111122223333:assumed-role/parapet/parapet`. */
  arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
};

/** Whose credentials these are. Needs no permission. Throws what the provider said, for `classifyAwsError`. */
export async function whoAmI(session: AwsSession, abortSignal?: AbortSignal): Promise<AwsIdentity> {
  const answer = await awsClients(session, "global").sts.send(new GetCallerIdentityCommand({}), {
    abortSignal,
  });
  const account = required(answer.Account, "Account");
  const arn = required(answer.Arn, "Arn");
  const partition = /^arn:([a-z-]+):/.exec(arn)?.[1];
  if (!/^\d{12}$/.test(account) || !partition)
    throw new MalformedAnswer("The caller's identity is no account.");
  return { account, arn, partition };
}

export type AwsRegion = { name: string; enabled: boolean };

/** Every region of the partition by name, and whether the account has it enabled. Needs `ec2:DescribeRegions`. */
export async function listRegions(session: AwsSession, abortSignal?: AbortSignal): Promise<AwsRegion[]> {
  const ec2 = awsClients(session, "global").ec2;
  const answer = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }), { abortSignal });
  const regions = required(answer.Regions, "Regions").map((region) => ({
    name: required(region.RegionName, "RegionName"),
    // Regions from before opting in existed may come without a status; they can't be off.
    enabled: region.OptInStatus !== "not-opted-in",
  }));
  if (regions.length === 0) throw new MalformedAnswer("The account has no regions.");
  return regions.sort((a, b) => (a.name < b.name ? -1 : 1));
}
