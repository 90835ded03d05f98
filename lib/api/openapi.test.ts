import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, it } from "vitest";
import { z } from "zod";
import { permissions } from "../auth/permissions.ts";
import { tokenPermissions } from "../tokens/token-permissions.ts";
import { describeOperations, openApiDocument } from "./openapi.ts";
import { defineOperation } from "./operation.ts";
import { operations } from "./operations/index.ts";

it("is a document of OpenAPI 3.1", async () => {
  const result = await new Validator().validate(JSON.parse(JSON.stringify(openApiDocument())));
  expect(result).toEqual({ valid: true });
});

it("describes every operation, once", () => {
  const { paths } = openApiDocument();
  const described = Object.values(paths).flatMap((methods) => Object.values(methods));
  expect(described.map(({ operationId }) => operationId).sort()).toEqual(
    operations.map(({ id }) => id).sort(),
  );
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

it("names its path's parameters, and holds what is sent to the letter", () => {
  for (const { id, path, params, query, body, method, status, response } of operations) {
    const braces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect({ id, params: Object.keys(params?.shape ?? {}) }).toEqual({ id, params: braces });
    const isStrict = (schema: z.ZodType | null) =>
      !schema || schema.safeParse({ aFieldThatIsNot: 1 }).error?.issues.some(isUnknownKey);
    expect({ id, isStrict: isStrict(query) }).toEqual({ id, isStrict: true });
    expect({ id, hasBody: body !== null && ["GET", "DELETE"].includes(method) }).toEqual({
      id,
      hasBody: false,
    });
    expect({ id, answers: response !== null }).toEqual({ id, answers: status !== 204 });
  }
});
const isUnknownKey = ({ code }: { code: string }) => code === "unrecognized_keys";

it("asks for permissions that a token can have, and for each of them somewhere", () => {
  // These two are asked for by part of an operation: by what is done to findings, and by whom a view is for.
  const asked = new Set(["risk:ask", "views:share", ...operations.map(({ permission }) => permission)]);
  expect(permissions.filter((permission) => asked.has(permission))).toEqual(
    permissions.filter((permission) => tokenPermissions.includes(permission)),
  );
});

it("refuses two schemas of one name", () => {
  const answering = (id: string, one: z.ZodType) =>
    defineOperation({
      ...{ id, method: "GET", path: `/${id}`, tag: "Scans", summary: id, permission: null },
      response: z.object({ one: one.meta({ id: "Twice" }) }),
      run: async () => ({ one: "" }),
    });
  const [first, second] = [answering("a", z.string()), answering("b", z.object({ x: z.int() }))];
  expect(() => describeOperations([first])).not.toThrow();
  expect(() => describeOperations([first, second])).toThrow("Two different schemas are named Twice.");
});
