import { beforeAll, describe, expect, it } from "vitest";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { iamState } from "#sandbox/aws/handlers/iam/state.ts";
import { kmsState } from "#sandbox/aws/handlers/kms.ts";
import { isPublicPolicy } from "#sandbox/aws/handlers/s3/public-policy.ts";
import { s3State } from "#sandbox/aws/handlers/s3/state.ts";
import type { AwsAccount, AwsEstate } from "#sandbox/aws/model.ts";
import { acmeAccounts, acmeHub, buildAcme, countResources } from "./acme.ts";

const now = new Date("2026-01-31T12:00:00Z");
const total = (estate: AwsEstate) =>
  Object.values(countResources(estate)).reduce((sum, count) => sum + count, 0);

function findAccount(estate: AwsEstate, index: number): AwsAccount {
  const account = estate.accounts.get(acmeAccounts[index]?.id ?? "");
  if (!account) throw new Error(`Acme has no account ${index}.`);
  return account;
}

let estate: AwsEstate;
let production: AwsAccount;
beforeAll(() => {
  estate = buildAcme({ now });
  production = findAccount(estate, 0);
});

describe("buildAcme", () => {
  it("builds the same estate each time", () => {
    expect(buildAcme({ now })).toEqual(estate);
  });

  it("only adds when it grows", () => {
    const grown = buildAcme({ now, scale: 3 });
    for (const [id, account] of estate.accounts) {
      const larger = grown.accounts.get(id);
      if (!larger) throw new Error(`${id} is gone.`);
      for (const [name, bucket] of s3State(account)) expect(s3State(larger).get(name)).toEqual(bucket);
      for (const [name, role] of iamState(account).roles)
        expect(iamState(larger).roles.get(name)).toEqual(role);
      for (const region of account.regions) {
        const { instances } = ec2State(larger, region);
        for (const [id, one] of ec2State(account, region).instances) expect(instances.get(id)).toEqual(one);
      }
    }
    expect(total(grown)).toBeGreaterThan(total(estate) * 1.5);
  });

  it("has a realistic breadth at scale 1", () => {
    expect(total(estate)).toBeGreaterThanOrEqual(350);
    expect(total(estate)).toBeLessThanOrEqual(550);
  });

  it("passes 50,000 resources in a company's proportions, no two of a name", () => {
    const large = buildAcme({ now, scale: 300 });
    const counts = countResources(large);
    const sum = total(large);
    expect(sum).toBeGreaterThan(50_000);
    const share = (...kinds: string[]) => kinds.reduce((all, kind) => all + (counts[kind] ?? 0), 0) / sum;
    expect(share("aws.s3.bucket")).toBeGreaterThan(0.05);
    expect(share("aws.iam.user", "aws.iam.role", "aws.iam.group")).toBeGreaterThan(0.05);
    expect(share("aws.ec2.instance", "aws.ec2.volume", "aws.ec2.snapshot")).toBeGreaterThan(0.5);
    const names = [...large.accounts.values()].flatMap((account) => [...s3State(account).keys()]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("opens every account to its own key and to the hub's", () => {
    expect(acmeAccounts.map((account) => [account.environment, account.regions.length])).toEqual([
      ["production", 3],
      ["staging", 3],
      ["security", 3],
    ]);
    expect(estate.credentials.get(acmeHub.accessKeyId)?.principal).toEqual({
      account: acmeHub.account,
      arn: acmeHub.arn,
      accessKeyId: acmeHub.accessKeyId,
    });
    for (const { id, accessKey, externalId, roleArn } of acmeAccounts) {
      expect(estate.credentials.get(accessKey.accessKeyId)?.principal.account).toBe(id);
      expect(roleArn).toBe(`arn:aws:iam::${id}:role/ParapetScanner`);
      const trust = { trustedPrincipals: [acmeHub.arn], externalId };
      expect(estate.accounts.get(id)?.state.get("sts")).toEqual(
        new Map([
          ["ParapetScanner", trust],
          ["ParapetRemediator", trust],
        ]),
      );
    }
  });

  it("dates everything before now", () => {
    const dates = [...production.state.values()].flatMap((state) => findDates(state));
    expect(dates.length).toBeGreaterThan(300);
    // The exceptions: a certificate that is still good, and a key that will be deleted.
    expect(dates.filter((date) => date > now)).toHaveLength(2);
  });
});

describe("the harmless that looks bad, and the other way round", () => {
  it("has ranges that add up to everyone, lists that hide everyone, and groups for insiders alone", () => {
    const groups = [...ec2State(production, "eu-west-1").groups.values()];
    const peers = (name: string, region = "eu-west-1") =>
      [...ec2State(production, region).groups.values()]
        .find(({ group }) => group.GroupName === name)
        ?.rules.filter((rule) => !rule.IsEgress)
        .map(
          (rule) => rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId,
        );
    expect(peers("split-world-ssh", "us-east-1")).toEqual(["0.0.0.0/1", "128.0.0.0/1"]);
    expect(peers("corp-internal")).toEqual(["10.0.0.0/8", "fd00::/8"]);
    const own = groups.find(({ group }) => group.GroupName === "cluster-nodes")?.group.GroupId;
    expect(peers("cluster-nodes")).toEqual([own]);
    const [list = ""] = peers("partner-sftp") ?? [];
    const entries = ec2State(production, "eu-west-1").prefixLists.get(list)?.entries;
    expect(entries?.map((entry) => entry.Cidr)).toContain("0.0.0.0/0");
  });

  it("has policies for everyone that a condition narrows, and one that a condition doesn't", () => {
    const isPublic = (name: string) => isPublicPolicy(s3State(production).get(name)?.policy ?? "");
    expect(isPublic("acme-prod-partner-exchange")).toBe(false);
    expect(isPublic("acme-prod-office-downloads")).toBe(false);
    expect(isPublic("acme-prod-any-vpc")).toBe(true);
    expect(isPublic("acme-prod-half-the-internet")).toBe(true);
  });

  it("has keys of every sort that does not rotate", () => {
    const keys = [...kmsState(production, "eu-west-1").keys.values()].map(({ metadata }) => metadata);
    for (const expected of [
      { KeySpec: "RSA_4096" },
      { KeySpec: "HMAC_256" },
      { Origin: "EXTERNAL" },
      { KeyState: "PendingDeletion" },
      { KeyState: "Disabled" },
      { KeyManager: "AWS" },
    ]) {
      expect(keys).toContainEqual(expect.objectContaining(expected));
    }
  });

  it("has a terminated instance, and tags beyond ASCII", () => {
    const states = [...ec2State(production, "us-east-1").instances.values()].map(
      ({ instance }) => instance.State.Name,
    );
    expect(states).toContain("terminated");
    const tags = [...s3State(findAccount(estate, 1)).values()].flatMap((bucket) => bucket.tags ?? []);
    expect(tags).toContainEqual({ Key: "Größe", Value: "klein" });
  });
});

function findDates(value: unknown): Date[] {
  if (value instanceof Date) return [value];
  if (value instanceof Map) return [...value.values()].flatMap(findDates);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(findDates) : [];
}
