import { withoutNul } from "#db/insert-rows.ts";

/** The same value with every string in it such that PostgreSQL takes it as text and in JSON. */
export function cleaned<T>(value: T): T;
export function cleaned(value: unknown): unknown {
  if (typeof value === "string") return withoutNul(value);
  if (Array.isArray(value)) return value.map((one) => cleaned<unknown>(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned<unknown>(one)]));
}
