import { describe, expect, it } from "vitest";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";
import type { Check, CheckInput, Verdict } from "./model.ts";

/** Another resource of the account, for a check with context; account, region and name are filled in when left out. */
export type RelatedExample<C extends Kind> = {
  [P in C]: Partial<Omit<Resource<P>, "kind" | "config">> & { kind: P; config: ResourceConfigs[P] };
}[C];

export type Example<K extends Kind, C extends Kind> = Partial<Omit<Resource<K>, "config" | "kind">> & {
  config: ResourceConfigs[K];
  related?: RelatedExample<C>[];
  /** Kinds that a gap hides in part. */
  incomplete?: C[];
  /** When the scan began; 2026-01-31T12:00:00Z when left out. */
  asOf?: string;
};

export type Examples<K extends Kind, C extends Kind> = {
  pass: Example<K, C>[];
  fail: [Example<K, C>, reason: string][];
  unknown: Example<K, C>[];
  manual?: Example<K, C>[];
};

function verdictFor<K extends Kind, C extends Kind, T extends boolean>(
  check: Check<K, C, T>,
  example: Example<K, C>,
): Verdict {
  const resource = fillIn({ ...example, kind: check.resource }) as unknown as Resource<K>;
  const related = (example.related ?? []).map((other) => fillIn(other));
  const input = {
    resource,
    asOf: new Date(example.asOf ?? "2026-01-31T12:00:00Z"),
    related: {
      of: (kind: Kind, region?: string) => ({
        items: related.filter((other) => other.kind === kind && (!region || other.region === region)),
        complete: !(example.incomplete ?? []).some((hidden) => hidden === kind),
      }),
    },
  } as unknown as CheckInput<K, C, T>;
  return check.evaluate(example.config, input);
}

function fillIn(example: { uid?: string; kind: Kind; config: unknown; region?: string; name?: string }) {
  return {
    uid: `arn:aws:test:::${example.name ?? "example"}`,
    account: "111122223333",
    region: "eu-west-1",
    name: "example",
    tags: {},
    unread: [],
    ...example,
  };
}

/** The table test of one check: resources that pass, fail (with the exact reason), and can't be judged. */
export function testCheck<K extends Kind, C extends Kind, T extends boolean>(
  check: Check<K, C, T>,
  examples: Examples<K, C>,
): void {
  describe(check.id, () => {
    it("has an example of each verdict", () => {
      expect(examples.pass.length).toBeGreaterThan(0);
      expect(examples.fail.length).toBeGreaterThan(0);
      expect(examples.unknown.length).toBeGreaterThan(0);
    });
    it.each(examples.pass)("passes %#", (example) => {
      expect(verdictFor(check, example)).toEqual({ status: "pass" });
    });
    it.each(examples.fail)("fails %#: $1", (example, reason) => {
      const verdict = verdictFor(check, example);
      expect(verdict).toMatchObject({ status: "fail", reason });
      if (verdict.status !== "fail") return;
      for (const path of verdict.paths) expect(pointsInto(example.config, path), path).toBe(true);
    });
    it.each(examples.unknown)("does not know %#", (example) => {
      expect(verdictFor(check, example).status).toBe("unknown");
    });
    it.each(examples.manual ?? [])("leaves to a person %#", (example) => {
      expect(verdictFor(check, example).status).toBe("manual");
    });
  });
}

function pointsInto(config: unknown, pointer: string): boolean {
  let at: unknown = config;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof at !== "object" || at === null) return false;
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!(key in at)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return pointer === "" || pointer.startsWith("/");
}
