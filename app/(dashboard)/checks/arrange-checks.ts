import type { CheckCounts } from "#db/findings/check-counts.ts";
import { type AnyCheck, severities } from "#lib/checks/model.ts";
import { controlsOf } from "#lib/compliance/frameworks.ts";
import { cloudOf } from "#lib/inventory/model.ts";
import type { Standing } from "./choices.ts";
import type { ChecksSearch } from "./search-params.ts";

export const noCounts: CheckCounts = { pass: 0, fail: 0, unknown: 0, manual: 0 };

/** `aws.s3` of `aws.s3.bucket-versioning`. */
export const serviceOf = (check: Pick<AnyCheck, "id">): string => check.id.split(".").slice(0, 2).join(".");

/** How a check stands by what it counted; one that both fails and can't tell is both. */
export function standingsOf({ pass, fail, unknown, manual }: CheckCounts): Standing[] {
  if (pass + fail + unknown + manual === 0) return ["unjudged"];
  const standing: Standing[] = [];
  if (fail > 0) standing.push("failing");
  if (unknown > 0) standing.push("unknown");
  return standing.length > 0 ? standing : ["passing"];
}

/** The checks that an address asks for, in its order. Words are looked for in title, id and what it warns of. */
export function arrangeChecks<C extends AnyCheck>(
  catalogue: readonly C[],
  counts: ReadonlyMap<string, CheckCounts>,
  search: ChecksSearch,
): C[] {
  const words = search.q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = catalogue.filter((check) => {
    const text = `${check.title} ${check.id} ${check.risk}`.toLowerCase();
    return (
      (!search.cloud || cloudOf(check.id) === search.cloud) &&
      (!search.service || serviceOf(check) === search.service) &&
      (!search.severity || check.severity === search.severity) &&
      (!search.framework || controlsOf(check.id).some(({ framework }) => framework === search.framework)) &&
      (!search.standing || standingsOf(counts.get(check.id) ?? noCounts).includes(search.standing)) &&
      words.every((word) => text.includes(word))
    );
  });
  const failing = (check: C) => counts.get(check.id)?.fail ?? 0;
  const grave = (check: C) => severities.indexOf(check.severity);
  if (search.sort === "failing") {
    return found.toSorted((a, b) => failing(b) - failing(a) || grave(a) - grave(b));
  }
  if (search.sort === "severity") {
    return found.toSorted((a, b) => grave(a) - grave(b) || failing(b) - failing(a));
  }
  return found;
}
