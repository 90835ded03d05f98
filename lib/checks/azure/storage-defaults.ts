/**
 * Since then Azure gives new storage accounts the safer setting for anonymous access and for replication to other tenants;
 * accounts that are older, and whose owner never chose, keep what counted before.
 */
const defaultsChangedAt = Date.parse("2023-12-15T00:00:00Z");

/** Whether an account that never made the setting has the safer one; `null` when its age isn't known. */
export function isAfterDefaultsChanged(createdAt: string | null): boolean | null {
  return createdAt === null ? null : Date.parse(createdAt) >= defaultsChangedAt;
}
