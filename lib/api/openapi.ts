import { z } from "zod";
import { type Operation, operationTags } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { isList } from "./parse-request.ts";
import { type ProblemCode, problems } from "./problem.ts";

/** A schema of JSON Schema 2020-12, as far as the API's page reads one. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  additionalProperties?: JsonSchema | boolean;
};

export type ApiParameter = {
  name: string;
  in: "path" | "query";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  style?: "form";
  explode?: true;
};

type Media = Record<string, { schema: JsonSchema }>;
type ApiResponse = { description: string; content?: Media; headers?: Record<string, { $ref: string }> };

export type ApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: ApiParameter[];
  requestBody?: { required: true; description?: string; content: Media };
  responses: Record<string, ApiResponse | { $ref: string }>;
  "x-permission": string | null;
};

export type OpenApiDocument = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components: {
    securitySchemes: Record<string, { type: "http"; scheme: "bearer"; description: string }>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
    responses: Record<string, ApiResponse>;
    schemas: Record<string, JsonSchema>;
  };
};

let made: OpenApiDocument | undefined;

/** The OpenAPI 3.1 document of /api/v1, made once of the operations' own schemas. */
export function openApiDocument(): OpenApiDocument {
  made ??= describeOperations(operations);
  return made;
}

/** Throws when two different schemas go by one name. */
export function describeOperations(all: readonly Operation[]): OpenApiDocument {
  const schemas = new Map<string, JsonSchema>([["Problem", problemSchema]]);
  const paths: OpenApiDocument["paths"] = {};
  for (const operation of all) {
    const methods = paths[operation.path] ?? {};
    paths[operation.path] = {
      ...methods,
      [operation.method.toLowerCase()]: describeOperation(operation, schemas),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Parapet",
      version: "1",
      description:
        "Findings, inventory, scans and accounts of a Parapet installation, and what its people do with them.",
      license: { name: "Apache 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }],
    tags: operationTags
      .filter((tag) => all.some((operation) => operation.tag === tag))
      .map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "An API token, made under Settings → API tokens.",
        },
      },
      headers: usageHeaders,
      responses: Object.fromEntries(
        (Object.keys(problems) as ProblemCode[]).map((code) => [code, describeProblem(code)]),
      ),
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function describeOperation(operation: Operation, schemas: Map<string, JsonSchema>): ApiOperation {
  const { id, tag, summary, description, body, response, status, permission } = operation;
  const parameters = [
    ...describeParameters(operation.params, "path", schemas),
    ...describeParameters(operation.query, "query", schemas),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true as const,
            content: { "application/json": { schema: toJsonSchema(body, "input", schemas) } },
          },
        }
      : {}),
    ...(operation.takesFile ? { requestBody: fileBody } : {}),
    responses: {
      [status]: {
        description: response ? "What was asked for." : "Done.",
        headers: Object.fromEntries(
          Object.keys(usageHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        ),
        ...(response
          ? {
              content: {
                [operation.givesFile ? "application/octet-stream" : "application/json"]: {
                  schema: toJsonSchema(response, "output", schemas),
                },
              },
            }
          : {}),
      },
      ...Object.fromEntries(
        codesOf(operation).map((code) => [
          String(problems[code].status),
          { $ref: `#/components/responses/${code}` },
        ]),
      ),
    },
    "x-permission": permission,
  };
}

/** What can go wrong with an operation, as far as it can be told beforehand. */
function codesOf({ method, path, body, permission }: Operation): ProblemCode[] {
  return [
    "invalid_input",
    "unauthenticated",
    ...(permission ? (["forbidden"] as const) : []),
    ...(path.includes("{") || method !== "GET" ? (["not_found"] as const) : []),
    ...(method === "GET" ? [] : (["conflict"] as const)),
    ...(body ? (["payload_too_large", "unsupported_media_type"] as const) : []),
    "rate_limited",
    "internal_error",
    ...(method === "GET" ? [] : (["unavailable"] as const)),
  ];
}

function describeParameters(
  object: z.ZodObject | null,
  where: "path" | "query",
  schemas: Map<string, JsonSchema>,
): ApiParameter[] {
  if (!object) return [];
  const { properties = {}, required = [] } = toJsonSchema(object, "input", schemas);
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description ? { description } : {}),
    schema,
    ...(isList(object.shape[name]) ? { style: "form" as const, explode: true as const } : {}),
  }));
}

/** Schemas with a name of their own go into `schemas`, once. */
function toJsonSchema(
  schema: z.ZodType,
  io: "input" | "output",
  schemas: Map<string, JsonSchema>,
): JsonSchema {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // A reader must bear fields that a later version adds; what is sent is held to the letter.
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
      // The format says it all; the pattern behind it is a hundred characters long.
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  }) as JsonSchema & { $schema?: string; $defs?: Record<string, JsonSchema>; id?: string };
  for (const [name, definition] of Object.entries($defs ?? {})) keep(name, definition, schemas);
  return point(own);
}

function keep(name: string, definition: JsonSchema, schemas: Map<string, JsonSchema>): void {
  const { id: _, ...pointed } = point(definition) as JsonSchema & { id?: string };
  const known = schemas.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(pointed)) {
    throw new Error(`Two different schemas are named ${name}.`);
  }
  schemas.set(name, pointed);
}

/** Has every reference point into the document's components. */
function point<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

const problemSchema: JsonSchema = {
  type: "object",
  description: "RFC 9457.",
  properties: {
    type: { type: "string", description: "Where the code is explained." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "For people: what happened, what was kept, what to do." },
    code: { type: "string", enum: Object.keys(problems) },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { field: { type: "string" }, message: { type: "string" } },
        required: ["field", "message"],
      },
    },
  },
  required: ["type", "title", "status", "detail", "code", "errors"],
};

const fileBody = {
  required: true as const,
  description: "The file itself, as it is or gzip'd.",
  content: { "application/octet-stream": { schema: {} } },
};

const usageHeaders = {
  "RateLimit-Limit": { description: "Requests of this token in a minute.", schema: { type: "integer" } },
  "RateLimit-Remaining": { description: "How many are left in this one.", schema: { type: "integer" } },
  "RateLimit-Reset": { description: "Seconds until the next one begins.", schema: { type: "integer" } },
};

const describeProblem = (code: ProblemCode): ApiResponse => ({
  description: `${problems[code].title}. ${problems[code].meaning}`,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});
