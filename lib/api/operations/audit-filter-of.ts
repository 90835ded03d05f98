import type { z } from "zod";
import { type AuditFilter, AuditFilterInput, type AuditRange } from "../../audit/filter.ts";
import { DomainError } from "../../errors.ts";
import type { AuditFilterQuery, AuditRangeQuery } from "../schemas/audit.ts";

const dayMs = 86_400_000;
/** Ten years: nobody's trail is longer, and no answer has more than a few dozen bars. */
const longestMs = 3_653 * dayMs;

/** The filter that the parameters of a query come to. Throws a DomainError for an action that can't be one. */
export function auditFilterOf(query: z.output<typeof AuditFilterQuery>): AuditFilter {
  const parsed = AuditFilterInput.safeParse({
    from: query.from ?? null,
    to: query.to ?? null,
    actors: query.actor,
    actions: query.action,
    objectKind: query.kind ?? null,
    objectId: query.object ?? null,
    results: query.result,
    correlationId: query.correlation ?? null,
    text: query.text,
  });
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map(({ path, message }) => [
      path[0] === "actions" ? "action" : path.join("."),
      message,
    ]),
  );
  throw new DomainError(
    "invalid_input",
    `The query can't be used. ${Object.entries(fields)
      .map(([field, message]) => `${field}: ${message}`)
      .join("; ")}`,
    { fields },
  );
}

/** The stretch of time; the last 24 hours when nothing is said. */
export function auditRangeOf({ from, to }: z.output<typeof AuditRangeQuery>, now = Date.now()): AuditRange {
  const end = to === undefined ? new Date(now) : new Date(to);
  const range = { from: from === undefined ? new Date(end.getTime() - dayMs) : new Date(from), to: end };
  const length = range.to.getTime() - range.from.getTime();
  if (length > 0 && length <= longestMs) return range;
  const message = length > 0 ? "It is more than ten years before `to`." : "It must be before `to`.";
  throw new DomainError("invalid_input", `The query can't be used. from: ${message}`, {
    fields: { from: message },
  });
}
