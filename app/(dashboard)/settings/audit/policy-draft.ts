import type { AuditPolicy } from "#db/audit/keeping.ts";

/** A policy as it is typed. */
export type PolicyDraft = {
  days: string;
  archiveMb: string;
  categories: { category: string; days: string }[];
};

export const leastDays = 30;
export const mostDays = 3_650;
export const leastMb = 5;
export const mostMb = 2_000;

export const draftOf = ({ retentionDays, archiveMb, categoryDays }: AuditPolicy): PolicyDraft => ({
  days: String(retentionDays),
  archiveMb: String(archiveMb),
  categories: Object.entries(categoryDays)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, days]) => ({ category, days: String(days) })),
});

/** A whole number from least to most, or null. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

/** What the draft means; null as long as something in it makes no sense. */
export function policyOf(draft: PolicyDraft): Omit<AuditPolicy, "revision"> | null {
  const retentionDays = wholeNumber(draft.days, leastDays, mostDays);
  const archiveMb = wholeNumber(draft.archiveMb, leastMb, mostMb);
  const categories = draft.categories.map(
    ({ category, days }) => [category, wholeNumber(days, leastDays, mostDays)] as const,
  );
  if (retentionDays === null || archiveMb === null) return null;
  const categoryDays: Record<string, number> = {};
  for (const [category, days] of categories) {
    if (category === "" || days === null || days <= retentionDays || Object.hasOwn(categoryDays, category)) {
      return null;
    }
    categoryDays[category] = days;
  }
  return { retentionDays, archiveMb, categoryDays };
}
