import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { awsSession } from "#lib/clouds/aws/credentials.ts";
import { classifyAwsError } from "#lib/clouds/aws/errors.ts";
import { iamState } from "#sandbox/aws/handlers/iam/state.ts";
import { services } from "#sandbox/aws/services.ts";
import { type AcmeAccount, acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { isReadIn } from "../collector.ts";
import { createCollectContext, type NewGap } from "../context.ts";
import type { Kind, Resource } from "../model.ts";
import { collectorsOf, permissionsOf } from "../registry.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ estate: buildAcme(), services });
  // From then on every account has a credential report, and is read in the way that takes the most permissions.
  for (const acme of acmeAccounts) await collectAccount(acme, ["aws.account"]);
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.faults.reset();
  sandbox.calls.reset();
});

/** Every kind of an account, or those named, in all of its regions at once. */
async function collectAccount(acme: AcmeAccount, kinds?: Kind[]) {
  const session = awsSession(
    { type: "assume_role", roleArn: acme.roleArn, externalId: acme.externalId, endpointUrl: sandbox.url },
    { sourceKeys: acmeHub },
  );
  const gaps: (NewGap & { kind: Kind })[] = [];
  const resources = new Map<string, Resource>();
  const thrown: unknown[] = [];
  const units = ["global", ...acme.regions].flatMap((region) =>
    collectorsOf("aws")
      .filter((collector) => isReadIn(region, collector))
      .filter((collector) => !kinds || kinds.includes(collector.kind))
      .map((collector) => ({ collector, region })),
  );
  await Promise.all(
    units.map(async ({ collector, region }) => {
      const context = createCollectContext({
        account: acme.id,
        partition: "aws",
        region,
        clients: awsClients(session, region),
        signal: new AbortController().signal,
        onGap: (gap) => gaps.push({ ...gap, kind: collector.kind }),
        classify: classifyAwsError,
      });
      try {
        for await (const resource of collector.collect(context)) {
          expect(resources.has(resource.uid), `${resource.uid} twice`).toBe(false);
          resources.set(resource.uid, resource);
        }
      } catch (error) {
        thrown.push(error);
      }
    }),
  );
  session.close();
  return { resources, gaps, thrown, usage: session.governor.usage() };
}

function accountIn({ id, name }: AcmeAccount) {
  const account = sandbox.estate.accounts.get(id);
  if (!account) throw new Error(`Acme has no ${name}.`);
  return account;
}

const [production] = acmeAccounts;
if (!production) throw new Error("Acme has no accounts.");

describe("the sandbox's accounts", () => {
  it.each(acmeAccounts)("are read whole: $name", async (acme) => {
    const { resources, gaps, thrown } = await collectAccount(acme);
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: [] });
    expect([...resources.values()].filter((resource) => resource.unread.length > 0)).toEqual([]);
  });

  it("show every kind, by nothing but the calls that the collectors declare", async () => {
    const seen = new Set<Kind>();
    for (const acme of acmeAccounts) {
      const { resources } = await collectAccount(acme);
      for (const resource of resources.values()) seen.add(resource.kind);
    }
    expect([...seen].sort()).toEqual(
      collectorsOf("aws")
        .map((collector) => collector.kind)
        .sort(),
    );
    const asked = [...sandbox.calls.actions.keys()].filter((action) => !action.startsWith("sts:"));
    // GetBucketLocation is for servers that don't say where a bucket is.
    const declared = permissionsOf("aws").filter((permission) => permission !== "s3:GetBucketLocation");
    expect(asked.sort()).toEqual(declared);
  });
});

it("users come out the same from a new credential report and from IAM itself", async () => {
  for (const acme of acmeAccounts) {
    iamState(accountIn(acme)).report = null;
    sandbox.calls.reset();
    const reported = await collectAccount(acme, ["aws.iam.user"]);
    expect(sandbox.calls.actions.has("iam:ListAccessKeys")).toBe(false);
    const direct = await collectAccount(acme, ["aws.iam.user"]);
    expect(sandbox.calls.actions.has("iam:ListAccessKeys")).toBe(true);
    expect(reported.resources.size).toBeGreaterThan(0);
    expect(direct.resources).toEqual(reported.resources);
  }
});

describe("each collector", () => {
  it.each(collectorsOf("aws"))("declares exactly what it calls: $kind", async (collector) => {
    for (const acme of acmeAccounts) await collectAccount(acme, [collector.kind]);
    const asked = [...sandbox.calls.actions.keys()].filter((action) => !action.startsWith("sts:"));
    const declared = collector.permissions.filter((permission) => permission !== "s3:GetBucketLocation");
    expect(asked.sort()).toEqual([...declared].sort());
  });
});

describe("under faults", { timeout: 120_000 }, () => {
  it("throttling and failures lose nothing", async () => {
    const calm = await collectAccount(production);
    sandbox.faults.reset({ throttleRate: 0.3, errorRate: 0.1 });
    const stormy = await collectAccount(production);
    expect({ gaps: stormy.gaps, thrown: stormy.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(stormy.resources).toEqual(calm.resources);
    expect(stormy.usage.s3?.throttles).toBeGreaterThan(0);
  });

  it.each(["cut", "short"] as const)("answers %s on their way lose nothing", async (truncateMode) => {
    const calm = await collectAccount(production);
    sandbox.faults.reset({ truncateRate: 0.2, truncateMode });
    const torn = await collectAccount(production);
    expect({ gaps: torn.gaps, thrown: torn.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(torn.resources).toEqual(calm.resources);
  });

  it("a role's session that ends half-way is renewed", async () => {
    const calm = await collectAccount(production);
    sandbox.faults.reset({ expire: { afterCalls: 80 } });
    const renewed = await collectAccount(production);
    expect({ gaps: renewed.gaps, thrown: renewed.thrown }).toEqual({ gaps: [], thrown: [] });
    expect(renewed.resources).toEqual(calm.resources);
  });

  it("a denied facet is absent everywhere, and a gap on each resource", async () => {
    sandbox.faults.reset({ deny: ["s3:GetBucketPolicy*"] });
    const { resources, gaps, thrown } = await collectAccount(production, ["aws.s3.bucket"]);
    expect(thrown).toEqual([]);
    expect(resources.size).toBeGreaterThan(0);
    expect(new Set([...resources.values()].map((bucket) => bucket.unread.join()))).toEqual(
      new Set(["policy,policyIsPublic"]),
    );
    expect(new Set(gaps.map((gap) => `${gap.operation} ${gap.code}`))).toEqual(
      new Set(["s3:GetBucketPolicy denied", "s3:GetBucketPolicyStatus denied"]),
    );
    expect(gaps).toHaveLength(2 * resources.size);
  });
});
