import { z } from "zod";
import { DomainError } from "../errors.ts";
import { ApiProblem } from "./problem.ts";

/** A request's body may have this many bytes. */
export const largestBodyBytes = 1_000_000;

/** The parts of a path between braces. */
export function parseParams(schema: z.ZodObject | null, raw: Record<string, string>): unknown {
  if (!schema) return undefined;
  // An id that can't be one is of nothing there is.
  if (!Object.values(raw).every(isStorable)) throw new DomainError("not_found", "There is nothing here.");
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new DomainError("not_found", "There is nothing here.");
}

/** The query, each parameter once unless its schema is a list. An unknown parameter is refused by its name. */
export function parseQuery(schema: z.ZodObject | null, raw: URLSearchParams): unknown {
  const given = new Map<string, string[]>();
  for (const [name, value] of raw) given.set(name, [...(given.get(name) ?? []), value]);
  const known = schema?.shape ?? {};
  const errors: Record<string, string> = {};
  const input: Record<string, unknown> = {};
  for (const [name, values] of given) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!field) errors[shorten(name)] = "There is no such parameter.";
    else if (!values.every(isStorable)) errors[name] = unstorable;
    else if (isList(field)) input[name] = values;
    else if (values.length > 1) errors[name] = "Give it once.";
    else input[name] = values[0];
  }
  if (Object.keys(errors).length > 0) throw refuse("The query can't be used.", errors);
  return schema ? parseWith(schema, input, "The query can't be used.") : undefined;
}

/** The body, as JSON.parse gave it; `undefined` for none. */
export function parseBody(schema: z.ZodType | null, raw: unknown): unknown {
  if (!schema) return undefined;
  if (raw === undefined) {
    throw new DomainError("invalid_input", "Nothing was changed. Send a body, as JSON.", {
      fields: { body: "It is missing." },
    });
  }
  if (!isStorableThroughout(raw)) throw refuse("Nothing was changed.", { body: unstorable });
  return parseWith(schema, raw, "Nothing was changed.");
}

/** The JSON that a request carries; `undefined` for none. Reads no more of it than is allowed. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBounded(request);
  if (bytes.byteLength === 0) return undefined;
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "application/merge-patch+json") {
    throw new ApiProblem(
      "unsupported_media_type",
      "Nothing was changed. Send the body as JSON, with `Content-Type: application/json`.",
    );
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DomainError("invalid_input", "Nothing was changed: the body is not JSON in UTF-8.", {
      cause,
      fields: { body: "It is not JSON." },
    });
  }
}

async function readBounded(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new ApiProblem(
      "payload_too_large",
      `Nothing was changed: a body has ${largestBodyBytes.toLocaleString("en")} bytes at most.`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > largestBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseWith(schema: z.ZodType, input: unknown, lead: string): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        errors[shorten([path, key].filter(Boolean).join("."))] = "There is no such field.";
    } else errors[shorten(path) || "body"] = issue.message;
  }
  throw refuse(lead, errors);
}

function refuse(lead: string, fields: Record<string, string>): DomainError {
  const named = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  return new DomainError("invalid_input", `${lead} ${named.slice(0, 10).join("; ")}`, { fields });
}

const shorten = (name: string): string => (name.length > 80 ? `${name.slice(0, 79)}…` : name);

/** Whether a parameter is a list under its default and the like. */
export function isList(schema: unknown): boolean {
  let inner = schema;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.unwrap();
  }
  return inner instanceof z.ZodArray;
}

const unstorable = "It has a character that no text may have: U+0000, or half of a surrogate pair.";

/** PostgreSQL stores neither a zero character nor half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

function isStorableThroughout(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth > 50) return false;
  return Object.entries(value).every(
    ([key, each]) => isStorable(key) && isStorableThroughout(each, depth + 1),
  );
}
