import type { AuditEntryView } from "#db/audit/model.ts";

const ways: Readonly<Record<string, string>> = { browser: "in the browser", api: "through the API" };

/** How whoever acted came in, in words; null for Parapet itself. Where from stands in the entry as personal data. */
export function sayVia(origin: AuditEntryView["origin"]): string | null {
  const via = origin?.via;
  return typeof via === "string" ? (ways[via] ?? `by ${via}`) : null;
}
