import type { AuditPage } from "#db/audit/model.ts";

/**
 * What is shown, with the newest entries as they are now. Where so much happened that the two no longer meet, the newest
 * stand alone: a gap would look as if nothing had happened there.
 */
export function mergePages(shown: AuditPage, newest: AuditPage): AuditPage {
  if (newest.next === null) return newest;
  const fresh = new Set(newest.entries.map(({ id }) => id));
  const rest = shown.entries.filter(({ id }) => !fresh.has(id));
  if (rest.length === shown.entries.length) return newest;
  const oldestFresh = newest.entries.at(-1)?.at ?? "";
  const older = rest.filter(({ at }) => at <= oldestFresh);
  return older.length > 0 ? { entries: [...newest.entries, ...older], next: shown.next } : newest;
}
