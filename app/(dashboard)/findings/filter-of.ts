import type { FindingState } from "#db/findings/schema.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { me, nobody, type StateChoice } from "./choices.ts";
import type { FindingSearch } from "./search-params.ts";

export const statesOf: Readonly<Record<StateChoice, readonly FindingState[]>> = {
  open: ["new", "in_progress"],
  new: ["new"],
  in_progress: ["in_progress"],
  muted: ["muted"],
  accepted: ["risk_accepted"],
  resolved: ["resolved"],
  all: [],
};

/** What an address asks for, as queries and changes take it. `userId` is who `me` stands for. */
export const filterOf = (search: FindingSearch, userId: string): FindingFilter => ({
  states: [...statesOf[search.state]],
  severities: search.severity,
  clouds: search.cloud,
  accountIds: search.account,
  services: search.service,
  regions: search.region,
  checkIds: search.check,
  assigneeIds: search.assignee.map((each) => (each === me ? userId : each === nobody ? "" : each)),
  owners: search.owner,
  sources: search.source,
  due: search.due,
  resourceIds: search.resource,
  text: search.q,
  scan: search.scan ? { id: search.scan, change: search.change } : null,
});
