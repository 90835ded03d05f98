import type { AuditEntryView } from "#db/audit/model.ts";
import { canonicalJson } from "../../canonical-json.ts";

const columns: readonly [string, (entry: AuditEntryView) => string][] = [
  ["at", ({ at }) => at],
  ["entry", ({ id }) => id],
  ["actor_kind", ({ actor }) => actor.kind],
  ["actor_id", ({ actor }) => actor.id],
  ["actor", ({ actor }) => actor.name],
  ["token_id", ({ actor }) => actor.tokenId ?? ""],
  ["action", ({ action }) => action],
  ["object_kind", ({ object }) => object.kind],
  ["object_id", ({ object }) => object.id],
  ["object", ({ object }) => object.name ?? ""],
  ["result", ({ result }) => result],
  ["duration_ms", ({ durationMs }) => (durationMs === null ? "" : String(durationMs))],
  ["correlation", ({ correlationId }) => correlationId],
  ["origin", ({ origin }) => json(origin)],
  ["before", ({ before }) => json(before)],
  ["after", ({ after }) => json(after)],
  ["sealed", ({ sealed }) => (sealed ? "yes" : "no")],
];

const json = (value: Record<string, unknown> | null) => (value === null ? "" : canonicalJson(value));

/** The mark by which programs tell that it is UTF-8, and the names of the columns. */
export const csvHead = `\ufeff${columns.map(([name]) => name).join(",")}\r\n`;

/** An entry as a line of CSV (RFC 4180). */
export const csvLine = (entry: AuditEntryView): string =>
  `${columns.map(([, tell]) => csvCell(tell(entry))).join(",")}\r\n`;

/**
 * A text as a cell that a spreadsheet takes for text, and never for a formula: names come from people and clouds. What a
 * formula could begin with is led by an apostrophe, also behind a separator that a spreadsheet may be set to.
 */
export function csvCell(text: string): string {
  const safe =
    /^[\s\p{Cf}]*[=+\-@|%\uff0b\uff0d\uff1d\uff20]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
