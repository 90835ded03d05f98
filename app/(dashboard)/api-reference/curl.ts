import type { ApiOperation, JsonSchema } from "#lib/api/openapi.ts";
import { follow, type Schemas, withoutNull } from "./schema-words.ts";

/** A request as one would type it in a shell, with what has to be there and no more. */
export function curlOf(
  origin: string,
  method: string,
  path: string,
  operation: ApiOperation,
  schemas: Schemas,
): string {
  const { parameters = [], requestBody } = operation;
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `$${name.replace(/Id$/, "").toUpperCase()}_ID`,
  );
  const query = parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(({ name, schema }) => `${name}=${String(sample(schema, schemas))}`)
    .join("&");
  const body = requestBody?.content["application/json"]?.schema;
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${origin}/api/v1${filled}${query ? `?${query}` : ""}"`,
    `  -H "Authorization: Bearer $PARAPET_TOKEN"`,
    ...(body
      ? [
          `  -H "Content-Type: application/json"`,
          `  -d '${JSON.stringify(sample(body, schemas)).replaceAll("'", "'\\''")}'`,
        ]
      : []),
  ].join(" \\\n");
}

/** A value that fits a schema, roughly: enough to see its shape. */
export function sample(given: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const schema = follow(withoutNull(given).schema, schemas);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (depth > 5) return "…";
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return sample(choice, schemas, depth + 1);
  if (schema.properties) {
    const { properties, required = [] } = schema;
    return Object.fromEntries(
      required.flatMap((name) => {
        const property = properties[name];
        return property ? [[name, sample(property, schemas, depth + 1)]] : [];
      }),
    );
  }
  switch (schema.type) {
    case "array":
      return schema.items && schema.minItems ? [sample(schema.items, schemas, depth + 1)] : [];
    case "integer":
    case "number":
      return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 1;
    case "boolean":
      return false;
    case "object":
      return {};
    default:
      return schema.format === "date-time" ? "2030-01-31T12:00:00Z" : "…";
  }
}
