import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";

export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

export const verdictStatuses = ["pass", "fail", "unknown", "manual"] as const;
export type VerdictStatus = (typeof verdictStatuses)[number];

export type Verdict =
  | { status: "pass" }
  | { status: "fail"; reason: string; paths: readonly string[] }
  | { status: "unknown"; missing: string }
  | { status: "manual"; reason: string };

const passed: Verdict = Object.freeze({ status: "pass" });
export const pass = (): Verdict => passed;

/**
 * @param reason One sentence with the actual value, such as `Versioning is suspended.`
 * @param paths JSON Pointers (RFC 6901) into `config` to the lines that prove it, such as `/ingress/2`.
 */
export const fail = (reason: string, ...paths: string[]): Verdict => ({ status: "fail", reason, paths });

/** @param missing What would have to be readable for a verdict, in the reader's words, such as `bucket policy`. */
export const unknown = (missing: string): Verdict => ({ status: "unknown", missing });

/** A person has to look: the provider's API can't tell. */
export const manual = (reason: string): Verdict => ({ status: "manual", reason });

/** Other resources of the same account. */
export type Related<C extends Kind> = {
  /**
   * The account's resources of a kind the check named in `context`. `complete` is false when a gap, a region that was
   * not read or a narrower scan may hide some: then their absence proves nothing.
   */
  of<K extends C>(kind: K, region?: string): { items: readonly Resource<K>[]; complete: boolean };
};

export type CheckInput<K extends Kind, C extends Kind, T extends boolean> = {
  resource: Resource<K>;
  related: Related<C>;
  /** When the scan began; only a check that declares `dependsOnTime` may use it. */
  asOf: T extends true ? Date : never;
};

export type Remediation = {
  /** What to do, in a sentence or two. */
  text: string;
  /** The provider's own documentation. */
  url: string;
  /** Numbered steps in the provider's console. */
  console?: readonly string[];
  /**
   * A command line. In it, and in the other texts, `{name}`, `{uid}`, `{id}` (what ends the uid), `{region}` and
   * `{account}` stand for the resource's: fill-remediation.ts puts them in. Capitals, as in `BUCKET`, are the reader's.
   */
  cli?: string;
  terraform?: string;
};

export type Check<K extends Kind = Kind, C extends Kind = Kind, T extends boolean = boolean> = {
  /** `<cloud>.<service>.<name>`, equal to the file's path under lib/checks. */
  id: string;
  /** The desired state, such as `S3 bucket keeps object versions`. */
  title: string;
  severity: Severity;
  resource: K;
  /** Other kinds it reads; it is evaluated again whenever one of them changed. */
  context?: readonly C[];
  /** True when the verdict can change while the resource doesn't: it then runs at every scan. */
  dependsOnTime?: T;
  /** The provider's permissions without which the answer is `unknown`. */
  permissions: readonly string[];
  /** Why it matters: what an attacker or an accident makes of it. Two sentences at most. */
  risk: string;
  remediation: Remediation;
  evaluate(config: ResourceConfigs[K], input: CheckInput<K, C, T>): Verdict;
};

/** A check of any kind, as the catalogue and the engine hold it. */
export type AnyCheck = Omit<Check, "evaluate"> & {
  evaluate(config: never, input: never): Verdict;
};

/** Declares one check: a pure function from one resource, as it was read, to one verdict. */
export function defineCheck<K extends Kind, const C extends Kind = never, const T extends boolean = false>(
  check: Check<K, C, T>,
): Check<K, C, T> {
  return check;
}
