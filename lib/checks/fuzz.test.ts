import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind } from "#lib/inventory/model.ts";
import { arbitraryConfigs } from "./arbitrary-configs.test-data.ts";
import { catalogue } from "./index.ts";
import type { AnyCheck, Verdict } from "./model.ts";

type Config = ResourceConfigs[Kind];
type Other = { kind: Kind; uid: string; name: string; region: string; config: Config };
type Account = { config: Config; others: Other[]; complete: boolean };

const asOf = new Date("2026-01-31T12:00:00Z");
const uidOf = (kind: Kind, n: number) => `arn:aws:test:eu-west-1:111122223333:${kind}/${n}`;

/** Evaluates with inputs that refuse whatever the check didn't declare, and that can't be changed. */
function judge(check: AnyCheck, { config, others, complete }: Account): Verdict {
  const input = {
    resource: resourceOf(check.resource, 0, config),
    related: {
      of(kind: Kind) {
        if (!check.context?.includes(kind))
          throw new Error(`${check.id} doesn't name ${kind} in its context`);
        return { items: others.filter((other) => other.kind === kind), complete };
      },
    },
    get asOf() {
      if (!check.dependsOnTime) throw new Error(`${check.id} doesn't say that it depends on time`);
      return asOf;
    },
  };
  return check.evaluate(freeze(config) as never, freeze(input) as never);
}

const resourceOf = (kind: Kind, n: number, config: Config) => ({
  kind,
  uid: uidOf(kind, n),
  name: `name-${n}`,
  account: "111122223333",
  region: "eu-west-1",
  tags: {},
  unread: [],
  config,
});

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    for (const key of Object.keys(value)) {
      const own = Object.getOwnPropertyDescriptor(value, key);
      if (own && "value" in own) freeze(own.value);
    }
    Object.freeze(value);
  }
  return value;
}

/** Kinds of which two drawn at random could not be in one account: a singleton, and one that is named by its id. */
const single = new Set<Kind>([
  "aws.s3.account",
  "aws.ec2.prefix-list",
  "azure.monitor.vault-logging",
  "gcp.compute.project",
  "gcp.resourcemanager.project",
  "gcp.serviceusage.project",
]);

/** An account with everything read, and the same with fields unread and resources hidden. */
function arbitraryAccounts(
  check: AnyCheck,
): fc.Arbitrary<{ full: Account; partial: Account; bare: Account }> {
  const { whole, optional } = arbitraryConfigs[check.resource];
  const others = fc
    .tuple(
      ...(check.context ?? []).map((kind) =>
        fc.array(
          fc.tuple(arbitraryConfigs[kind].whole, fc.subarray(arbitraryConfigs[kind].optional), fc.boolean()),
          { maxLength: single.has(kind) ? 1 : 4 },
        ),
      ),
    )
    .map((kinds) =>
      kinds.flatMap((items, at) =>
        items.map(([config, unread, hidden], n) => {
          const kind = check.context?.[at] ?? check.resource;
          const read = resourceOf(kind, n + 1, config);
          return { read, left: hidden ? null : { ...read, config: without(config, unread) } };
        }),
      ),
    );
  return fc.tuple(whole, fc.subarray(optional), others).map(([config, unread, items]) => ({
    full: { config, others: items.map(({ read }) => read), complete: true },
    partial: {
      config: without(config, unread),
      others: items.flatMap(({ left }) => left ?? []),
      complete: items.every(({ left }) => left),
    },
    bare: { config: without(config, optional), others: [], complete: false },
  }));
}

function without(config: Config, fields: readonly string[]): Config {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !fields.includes(name))) as Config;
}

describe.each(catalogue.map((check) => [check.id, check] as const))("%s", (_, check) => {
  const seen = new Set<string>();

  it("never claims what the unread part could overturn", () => {
    fc.assert(
      fc.property(arbitraryAccounts(check), ({ full, partial, bare }) => {
        const verdict = judge(check, full);
        seen.add(verdict.status);
        for (const less of [partial, bare]) {
          const { status } = judge(check, less);
          if (status !== "unknown") expect(status).toBe(verdict.status);
        }
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it("was tried on resources that pass and resources that fail", () => {
    expect([...seen]).toEqual(expect.arrayContaining(["pass", "fail"]));
  });

  it("survives documents that are not policies", () => {
    fc.assert(
      fc.property(fc.jsonValue(), arbitraryAccounts(check), (noise, { full }) => {
        const documents = ["policy", "document", "inlinePolicies"].filter((name) => name in full.config);
        const noisy = documents.map((name) => [
          name,
          name === "inlinePolicies" ? [{ name: "x", document: noise }] : noise,
        ]);
        const config = { ...full.config, ...Object.fromEntries(noisy) } as Config;
        expect(["pass", "fail", "unknown", "manual"]).toContain(judge(check, { ...full, config }).status);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
