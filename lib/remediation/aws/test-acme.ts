import { afterAll } from "vitest";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import type { Kind } from "#lib/inventory/model.ts";
import { acmeConnections } from "#lib/scans/test-accounts.ts";
import { acmeWriter } from "#lib/setup/sandbox-writers.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import type { AwsAccount } from "#sandbox/aws/model.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import type { Target } from "../model.ts";

export type TestAcme = {
  sandbox: Sandbox;
  /** One of Acme's AWS accounts, by the identity that writes. */
  accountNamed(name: string): ReachableAccount;
  /** Its state in the sandbox. */
  estateOf(name: string): AwsAccount;
  /** A resource of EC2's, such as `security-group/sg-…`. */
  ec2Target(account: string, kind: Kind, region: string, what: string): Target;
  bucketNamed(account: string, region: string, name: string): Target;
  /** A security group by its name. */
  groupNamed(account: string, region: string, name: string): Target;
};

/** Acme's AWS accounts in a sandbox of their own, that ends with the file's tests. */
export async function startAcme(): Promise<TestAcme> {
  const sandbox = await startSandbox({ estate: buildAcme(), services });
  afterAll(() => sandbox.close());
  provideEmulatorKeys(sandbox.url, acmeHub);
  const readers = acmeConnections(sandbox, ["aws"]);

  const idOf = (name: string): string => {
    const found = acmeAccounts.find((one) => one.name === name);
    if (!found) throw new Error(`Acme has no ${name}.`);
    return found.id;
  };
  const estateOf = (name: string): AwsAccount => {
    const found = sandbox.estate.accounts.get(idOf(name));
    if (!found) throw new Error(`The sandbox has no ${name}.`);
    return found;
  };
  const ec2Target: TestAcme["ec2Target"] = (account, kind, region, what) => ({
    uid: `arn:aws:ec2:${region}:${idOf(account)}:${what}`,
    ...{ kind, cloud: "aws", account: idOf(account), region, name: what.slice(what.indexOf("/") + 1) },
  });
  return {
    sandbox,
    estateOf,
    ec2Target,
    accountNamed(name) {
      const externalId = idOf(name);
      const reader = readers.find((one) => one.externalId === externalId);
      const writer = reader
        ? acmeWriter({ cloud: "aws", externalId, connection: reader.connection }, () => null)
        : null;
      if (!writer) throw new Error(`Nobody writes in ${name}.`);
      return { cloud: "aws", externalId, connection: writer.connection, secrets: {} };
    },
    bucketNamed: (account, region, name) => ({
      uid: `arn:aws:s3:::${name}`,
      ...{ kind: "aws.s3.bucket", cloud: "aws", account: idOf(account), region, name },
    }),
    groupNamed(account, region, name) {
      const groups = [...ec2State(estateOf(account), region).groups.values()];
      const found = groups.find(({ group }) => group.GroupName === name);
      if (!found) throw new Error(`${account} has no group ${name} in ${region}.`);
      return ec2Target(account, "aws.ec2.security-group", region, `security-group/${found.group.GroupId}`);
    },
  };
}
