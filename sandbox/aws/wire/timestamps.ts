import type { NormalizedSchema } from "@smithy/core/schema";

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

/** The codes by which the SDK's schemas name a timestamp's own format. */
const formatBySchema: Record<number, TimestampFormat> = {
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
};

/** The member's own format, else the one its place on the wire has by default. */
export function resolveTimestampFormat(schema: NormalizedSchema, fallback: TimestampFormat): TimestampFormat {
  const code = schema.getSchema();
  return (typeof code === "number" ? formatBySchema[code] : undefined) ?? fallback;
}

/** Epoch seconds as a number; the two others as text. AWS leaves out a fraction of zero. */
export function writeTimestamp(value: unknown, format: TimestampFormat): string | number {
  const date = value instanceof Date ? value : new Date(value as string | number);
  if (format === "epoch-seconds") return date.getTime() / 1000;
  if (format === "http-date") return date.toUTCString();
  const text = date.toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

/** Reads any of the three formats: clients differ in which one they send. Throws a `RangeError` for no date at all. */
export function readTimestamp(value: unknown): Date {
  const isEpoch = typeof value === "number" || /^-?\d+(\.\d+)?(e\d+)?$/i.test(String(value));
  const date = isEpoch ? new Date(Number(value) * 1000) : new Date(String(value));
  if (Number.isNaN(date.getTime())) throw new RangeError(`Not a timestamp: ${String(value)}`);
  return date;
}
