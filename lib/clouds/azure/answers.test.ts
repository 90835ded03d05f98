import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { isCollection, refusalOf, refuseForeignAnswer } from "./answers.ts";

const base = "https://management.azure.com";
const group = "/subscriptions/s/resourceGroups/g/providers";

const answer = (
  bodyAsText: string,
  { status = 200, method = "GET" as const, path = `${group}/Microsoft.Storage/storageAccounts/a` } = {},
): PipelineResponse => ({
  status,
  bodyAsText,
  headers: createHttpHeaders(),
  request: createPipelineRequest({ url: `${base}${path}?api-version=1`, method }),
});

describe("isCollection", () => {
  it.each([
    ["/subscriptions/s/providers/Microsoft.Storage/storageAccounts", true],
    [`${group}/Microsoft.Storage/storageAccounts`, true],
    [`${group}/Microsoft.Sql/servers/x/databases`, true],
    [`${group}/Microsoft.Sql/servers/x/providers/Microsoft.Insights/diagnosticSettings`, true],
    [`${group}/Microsoft.Storage/storageAccounts/a`, false],
    [`${group}/Microsoft.Storage/storageAccounts/a/blobServices/default`, false],
    [`${group}/Microsoft.Web/sites/a/config/authsettingsV2/list`, false],
    ["/subscriptions/s/providers/Microsoft.Network/locations/westeurope/serviceTags", false],
    ["/subscriptions/s/providers/Microsoft.Storage", false],
    [`${group}/Microsoft.Compute/virtualMachines/a/instanceView`, false],
    ["/subscriptions/s/providers", false],
    ["/subscriptions/s/locations", true],
    ["/subscriptions/s/resourceGroups", true],
    ["/subscriptions/s/resourceGroups/resources", false],
    ["/subscriptions", true],
    ["/tenants", true],
    ["/subscriptions/s", false],
    ["/v1.0/users", false],
  ])("says of %s: %s", (path, expected) => {
    expect(isCollection(path)).toBe(expected);
  });
});

describe("refuseForeignAnswer", () => {
  const list = { path: "/subscriptions/s/providers/Microsoft.Storage/storageAccounts" };
  it.each([
    ["an empty answer", answer("")],
    ["blanks", answer(" \n")],
    ["a proxy's page", answer("<!DOCTYPE html><html></html>")],
    ["JSON cut short", answer('{"id":"/subs')],
    ["JSON that is no object", answer("[]")],
    ["a text", answer('"ok"')],
    ["a list without its items", answer("{}", list)],
    ["an error in a list's place", answer('{"error":{"code":"x"}}', list)],
    ["a refusal that is a proxy's", answer("<html>Forbidden</html>", { status: 403 })],
  ])("refuses %s", (_, response) => {
    expect(() => refuseForeignAnswer(response)).toThrow(expect.objectContaining({ name: "MalformedAnswer" }));
  });
  it.each([
    ["an object", answer("{}")],
    ["an object after a byte order mark", answer("\uFEFF{}")],
    ["an empty list", answer('{"value":[]}', list)],
    ["a refusal", answer('{"error":{"code":"AuthorizationFailed"}}', { status: 403 })],
    ["a refusal without a body", answer("", { status: 404 })],
    ["no content", answer("", { status: 204 })],
    ["a failure of a gateway, which is retried as such", answer("<html>", { status: 502 })],
  ])("lets %s through", (_, response) => {
    expect(() => refuseForeignAnswer(response)).not.toThrow();
  });
});

describe("refusalOf", () => {
  it.each([
    ['{"error":{"code":"ResourceNotFound","message":"Gone."}}', 404, "ResourceNotFound", "Gone."],
    ['{"code":"Conflict","message":"Busy."}', 409, "Conflict", "Busy."],
    ['{"Code":"BadRequest","Message":"No."}', 400, "BadRequest", "No."],
    [
      '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."}',
      401,
      "AADSTS7000215",
      "AADSTS7000215: Invalid client secret.",
    ],
    ['{"error":"invalid_grant"}', 400, "invalid_grant", "invalid_grant"],
    ["", 403, "HTTP 403", ""],
    ['{"error":{}}', 400, "HTTP 400", ""],
  ])("reads %s", (body, status, code, message) => {
    const refusal = refusalOf(answer(body, { status }));
    expect({ code: refusal.code, statusCode: refusal.statusCode, message: refusal.message }).toEqual({
      code,
      statusCode: status,
      message,
    });
  });
});
