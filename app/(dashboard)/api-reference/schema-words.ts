import type { JsonSchema } from "#lib/api/openapi.ts";

export type Schemas = Record<string, JsonSchema>;

/** The last part of a reference, such as `Finding`. */
export const nameOfRef = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** Follows a reference; a schema that is none is itself. */
export function follow(schema: JsonSchema, schemas: Schemas): JsonSchema {
  return schema.$ref ? (schemas[nameOfRef(schema.$ref)] ?? {}) : schema;
}

/** The schema without its null, and whether it had one. */
export function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const { anyOf, type } = schema;
  if (anyOf) {
    const rest = anyOf.filter((each) => each.type !== "null");
    const [only] = rest;
    if (rest.length === anyOf.length) return { schema, nullable: false };
    return { schema: rest.length === 1 && only ? only : { ...schema, anyOf: rest }, nullable: true };
  }
  if (Array.isArray(type) && type.includes("null")) {
    const rest = type.filter((each) => each !== "null");
    return { schema: { ...schema, type: rest.length === 1 ? rest[0] : rest }, nullable: true };
  }
  return { schema, nullable: false };
}

/** What kind of value it is, in a word or two: `string`, `list of Finding`, `integer or null`. */
export function sayType(given: JsonSchema): string {
  const { schema, nullable } = withoutNull(given);
  const end = nullable ? " or null" : "";
  if (schema.$ref) return `${nameOfRef(schema.$ref)}${end}`;
  if (schema.const !== undefined) return `${JSON.stringify(schema.const)}${end}`;
  if (schema.enum) return `one of ${schema.enum.length}${end}`;
  if (schema.type === "array") return `list of ${schema.items ? sayType(schema.items) : "anything"}${end}`;
  if (schema.oneOf ?? schema.anyOf) return `one of several${end}`;
  if (schema.format === "date-time") return `moment${end}`;
  if (schema.type === "object") return `${schema.properties ? "object" : "map"}${end}`;
  return schema.type === undefined ? "anything" : `${[schema.type].flat().join(" or ")}${end}`;
}

/** What a value has to keep to: its range, its length, its choices. */
export function sayLimits(given: JsonSchema): string[] {
  const { schema } = withoutNull(given);
  const items = schema.type === "array" && schema.items ? sayLimits(schema.items) : [];
  const { minimum, maximum, minLength, maxLength, maxItems } = schema;
  const safe = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < 1e15 ? bound : undefined;
  return [
    ...(schema.enum ? [schema.enum.map((value) => String(value)).join(" · ")] : []),
    ...range("", safe(minimum), safe(maximum)),
    ...range(" characters", minLength, maxLength),
    ...range(" entries", undefined, maxItems),
    ...(schema.default === undefined || isEmpty(schema.default)
      ? []
      : [`${JSON.stringify(schema.default)} when left out`]),
    ...items,
  ];
}

const isEmpty = (value: unknown): boolean =>
  value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

function range(unit: string, least: number | undefined, most: number | undefined): string[] {
  const say = (number: number) => number.toLocaleString("en");
  if (least !== undefined && most !== undefined) return [`${say(least)} to ${say(most)}${unit}`];
  if (least !== undefined && least > 0) return [`from ${say(least)}${unit}`];
  return most === undefined ? [] : [`at most ${say(most)}${unit}`];
}

/** The schema whose fields are worth showing below a value: its own, its entries', or a named one's. */
export function innerOf(given: JsonSchema, schemas: Schemas): JsonSchema | null {
  const { schema } = withoutNull(given);
  const followed = follow(schema, schemas);
  const { schema: plain } = withoutNull(followed);
  if (plain.properties || plain.oneOf || plain.anyOf) return plain;
  if (plain.type === "array" && plain.items) return innerOf(plain.items, schemas);
  const { additionalProperties } = plain;
  return typeof additionalProperties === "object" ? innerOf(additionalProperties, schemas) : null;
}
