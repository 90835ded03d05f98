/** Scalars as text: XML content, headers, labels and query parameters all write them alike. */
import type { NormalizedSchema } from "@smithy/core/schema";
import { readTimestamp, resolveTimestampFormat, type TimestampFormat, writeTimestamp } from "./timestamps.ts";

export type TextWriter = (value: unknown) => string;
export type TextReader = (text: string) => unknown;

export function compileTextWriter(schema: NormalizedSchema, timestamps: TimestampFormat): TextWriter {
  if (schema.isTimestampSchema()) {
    const format = resolveTimestampFormat(schema, timestamps);
    return (value) => String(writeTimestamp(value, format));
  }
  if (schema.isBlobSchema()) return writeBase64;
  return String;
}

export function compileTextReader(schema: NormalizedSchema): TextReader {
  if (schema.isTimestampSchema()) return readTimestamp;
  if (schema.isBlobSchema()) return readBase64;
  if (schema.isBooleanSchema()) return readBoolean;
  if (schema.isNumericSchema()) return readNumber;
  if (schema.isBigIntegerSchema()) return BigInt;
  return (text) => text;
}

/** Handlers may hold a blob as bytes or as text. */
export function writeBase64(value: unknown): string {
  return (value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))).toString("base64");
}

export function readBase64(text: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(text), "base64"));
}

function readBoolean(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new RangeError(`Not a boolean: ${text}`);
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || (Number.isNaN(number) && text !== "NaN"))
    throw new RangeError(`Not a number: ${text}`);
  return number;
}
