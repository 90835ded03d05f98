import type { z } from "zod";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { type FindingFilter, findingFilter } from "../../findings/filter.ts";
import type { FindingFilterQuery } from "../schemas/findings.ts";

/** The filter that the parameters of a query come to. Throws `invalid_input` for `scan` without `change`, and the like. */
export function filterOf(query: z.output<typeof FindingFilterQuery>, scope: Scope): FindingFilter {
  const { state, scan, change } = query;
  if ((scan === undefined) !== (change === undefined)) {
    const lacking = scan === undefined ? "scan" : "change";
    throw new DomainError("invalid_input", "The query can't be used: `scan` and `change` go together.", {
      fields: { [lacking]: "It is missing." },
    });
  }
  const words = new Map([
    ["me", scope.actor.id],
    ["none", ""],
  ]);
  return findingFilter({
    states: state.includes("any") ? [] : state.filter((each) => each !== "any"),
    severities: query.severity,
    clouds: query.cloud,
    accountIds: query.account,
    services: query.service,
    regions: query.region,
    checkIds: query.check,
    assigneeIds: query.assignee.map((word) => words.get(word) ?? word),
    owners: query.owner,
    sources: query.source,
    due: query.due,
    resourceIds: query.resource,
    text: query.text,
    scan: scan !== undefined && change !== undefined ? { id: scan, change } : null,
  });
}
