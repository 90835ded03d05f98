import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import { catalogue } from "#lib/checks/index.ts";
import type { AnyCheck, Related, Severity, Verdict, VerdictStatus } from "#lib/checks/model.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";

/** The lines of the configuration that prove a failure: a JSON Pointer and the value it pointed at. */
export type Evidence = { path: string; value: unknown }[];

export type Failure = { checkId: string; severity: Severity; reason: string; evidence: Evidence };

export type Evaluation = {
  verdicts: Record<string, VerdictStatus>;
  failures: Failure[];
  /** What could not be judged, by check: the words for what would have to be readable. */
  missing: Record<string, string>;
  /** Why a person has to look, by check. */
  manual: Record<string, string>;
};

/** SHA-256 over everything of a resource that a verdict or a reader could depend on. */
export function resourceHash(resource: Resource): Buffer {
  const content = canonicalize([
    resource.region,
    resource.name,
    resource.tags,
    resource.config,
    resource.unread,
  ]);
  return hash("sha256", content ?? "", "buffer");
}

/** Checks by what brings them to run, so that the engine never asks per resource. */
export class CheckSet {
  readonly checks: readonly AnyCheck[];
  readonly #plain = new Map<string, AnyCheck[]>();
  readonly #timed = new Map<string, AnyCheck[]>();

  constructor(checks: readonly AnyCheck[]) {
    this.checks = checks;
    for (const check of checks) {
      if (check.context?.length) continue;
      push(this.#plain, check.resource, check);
      if (check.dependsOnTime) push(this.#timed, check.resource, check);
    }
  }

  /** The checks of a kind that need nothing but the resource. */
  of(kind: Kind): readonly AnyCheck[] {
    return this.#plain.get(kind) ?? [];
  }

  /** Those among them whose verdict can change while the resource doesn't. */
  timedOf(kind: Kind): readonly AnyCheck[] {
    return this.#timed.get(kind) ?? [];
  }

  /** The checks that read other resources as well; they run when the whole account has been read. */
  get relating(): readonly AnyCheck[] {
    return this.checks.filter((check) => check.context?.length);
  }

  /** Every kind that the checks read, context included. */
  get kinds(): Set<Kind> {
    return new Set(this.checks.flatMap((check) => [check.resource, ...(check.context ?? [])]));
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const everyCheck = new CheckSet(catalogue);
const noCheck = new CheckSet([]);

/** The checks a scan runs: those named, all of them when none is named, and for `null` none. */
export function checksInScope(ids: readonly string[] | null): CheckSet {
  if (ids === null) return noCheck;
  return ids.length === 0 ? everyCheck : new CheckSet(catalogue.filter((check) => ids.includes(check.id)));
}

const unrelated: Related<never> = {
  of: (kind) => {
    throw new Error(`A check reads ${String(kind)} without naming it in its context.`);
  },
};

/** Judges one resource by the given checks. */
export function evaluate(
  resource: Resource,
  checks: readonly AnyCheck[],
  asOf: Date,
  related: Related<Kind> = unrelated as Related<Kind>,
): Evaluation {
  const evaluation: Evaluation = { verdicts: {}, failures: [], missing: {}, manual: {} };
  for (const check of checks) {
    const verdict = verdictOf(check, resource, asOf, related);
    evaluation.verdicts[check.id] = verdict.status;
    if (verdict.status === "unknown") evaluation.missing[check.id] = verdict.missing;
    if (verdict.status === "manual") evaluation.manual[check.id] = verdict.reason;
    if (verdict.status === "fail") {
      const evidence = verdict.paths.map((path) => ({ path, value: valueAt(resource.config, path) }));
      evaluation.failures.push({
        checkId: check.id,
        severity: check.severity,
        reason: verdict.reason,
        evidence,
      });
    }
  }
  return evaluation;
}

/** The registry's checks lose the type of what they judge; this is the one place that gives it back. */
function verdictOf(check: AnyCheck, resource: Resource, asOf: Date, related: Related<Kind>): Verdict {
  const input = { resource, asOf, related };
  return check.evaluate(resource.config as never, input as never);
}

/** The value that a JSON Pointer (RFC 6901) names, or `null` where there is none. */
export function valueAt(config: unknown, pointer: string): unknown {
  let at: unknown = config;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Record<string, unknown>)[key];
  }
  return at ?? null;
}
