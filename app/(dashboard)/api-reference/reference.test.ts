import { expect, it } from "vitest";
import type { JsonSchema } from "#lib/api/openapi.ts";
import { openApiDocument } from "#lib/api/openapi.ts";
import { curlOf, sample } from "./curl.ts";
import { findEntries } from "./reference.ts";
import { sayLimits, sayType } from "./schema-words.ts";

const { schemas } = openApiDocument().components;
const entries = findEntries("").flatMap((group) => group.entries);
const find = (id: string) => entries.find(({ operation }) => operation.operationId === id);
const curl = (id: string) => {
  const entry = find(id);
  return entry && curlOf("https://p.example", entry.method, entry.path, entry.operation, schemas);
};

it("writes a command that could be sent", () => {
  expect(curl("getFinding")).toBe(
    'curl "https://p.example/api/v1/findings/$FINDING_ID" \\\n  -H "Authorization: Bearer $PARAPET_TOKEN"',
  );
  expect(curl("removeWriteIdentity")).toContain(
    '-X DELETE "https://p.example/api/v1/accounts/$ACCOUNT_ID/write-identity?revision=1"',
  );
  expect(curl("changeFindings")).toContain(
    `-d '{"target":{"ids":["…"]},"change":{"act":"assign","assigneeId":"…"}}'`,
  );
});

it("makes a sample for every body, of nothing that can't be JSON", () => {
  for (const { operation } of entries) {
    const schema = operation.requestBody?.content["application/json"]?.schema;
    if (schema) expect(JSON.parse(JSON.stringify(sample(schema, schemas)))).not.toBeNull();
  }
});

it.for<[JsonSchema, string, string[]]>([
  [{ type: "string", maxLength: 80 }, "string", ["at most 80 characters"]],
  [{ type: ["string", "null"] }, "string or null", []],
  [{ anyOf: [{ $ref: "#/components/schemas/Person" }, { type: "null" }] }, "Person or null", []],
  [{ type: "array", items: { enum: ["a", "b"] } }, "list of one of 2", ["a · b"]],
  [{ type: "integer", minimum: 1, maximum: 500, default: 100 }, "integer", ["1 to 500", "100 when left out"]],
  [{ type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 }, "integer", []],
  [{ type: "string", format: "date-time" }, "moment", []],
  [{ type: "object", additionalProperties: { type: "string" } }, "map", []],
  [{}, "anything", []],
])("says of %j what it is", ([schema, type, limits]) => {
  expect({ type: sayType(schema), limits: sayLimits(schema) }).toEqual({ type, limits });
});

it("finds operations that have every word", () => {
  expect(findEntries("UNDO change").flatMap((group) => group.entries.map(({ path }) => path))).toContain(
    "/changes/{changeId}/undo",
  );
  expect(findEntries("no operation has this")).toEqual([]);
});
