import { database } from "./client.ts";
import { readMigrationState } from "./migrate.ts";

export type Health = {
  status: "ok" | "unavailable";
  database: "ok" | "unreachable";
  /** `behind`: the code has migrations that the database has not; `ahead`: the other way round. */
  schema: "current" | "behind" | "ahead" | "unknown";
};

const patienceMs = 3_000;

/** Whether this process can serve. Says nothing about why not: anyone may ask. */
export async function checkHealth(): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve(unreachable), patienceMs);
  });
  try {
    return await Promise.race([readHealth(), late]);
  } catch {
    return unreachable;
  } finally {
    clearTimeout(timer);
  }
}

const unreachable: Health = { status: "unavailable", database: "unreachable", schema: "unknown" };

async function readHealth(): Promise<Health> {
  const { pending, unknown } = await readMigrationState(database().sql);
  const schema = unknown ? "ahead" : pending.length > 0 ? "behind" : "current";
  // A newer schema still serves while replicas of the older version are being replaced.
  return { status: schema === "behind" ? "unavailable" : "ok", database: "ok", schema };
}
