import type { accounts } from "#db/accounts/schema.ts";
import { visibleConnection } from "./visible-connection.ts";

type AccountRow = typeof accounts.$inferSelect;
type Recorded = Pick<
  AccountRow,
  | "cloud"
  | "level"
  | "externalId"
  | "name"
  | "environment"
  | "connection"
  | "regions"
  | "schedule"
  | "scheduleTimeZone"
>;

/** What the audit trail keeps of an account: these fields and no others, and of its secrets the names alone. */
export function recordOf(account: Recorded, secrets: readonly string[]): Record<string, unknown> {
  const { cloud, level, externalId, name, environment, connection, regions, schedule, scheduleTimeZone } =
    account;
  return {
    ...{ cloud, level, externalId, name, environment, regions, schedule, scheduleTimeZone },
    connection: visibleConnection(connection),
    secrets: [...secrets].sort(),
  };
}
