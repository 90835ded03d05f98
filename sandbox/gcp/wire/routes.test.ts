import { expect, it } from "vitest";
import type { GcpApi, GcpRoute, HttpMethod } from "../model.ts";
import { RouteTable } from "./routes.ts";

const route = (method: HttpMethod, path: string): GcpRoute => ({
  method,
  path,
  permissions: [],
  handler: () => ({}),
});
const api = (...routes: GcpRoute[]): GcpApi => ({
  host: "x.googleapis.com",
  title: "X API",
  errors: "rpc",
  routes,
});
const table = new RouteTable(
  api(
    route("GET", "/v1/projects/{project}"),
    route("POST", "/v1/projects/{project}:getIamPolicy"),
    route("GET", "/v1/projects/{project}/zones/{zone}/instances"),
    route("GET", "/v1/projects/{project}/aggregated/{kind}/instances"),
    route("GET", "/v1/projects/{project}/secrets/{secret}:access"),
    route("GET", "/v1/projects:search"),
    route("GET", "/v1/objects/{name...}"),
    route("PATCH", "/v1/projects/{project}"),
  ),
);
const find = (method: string, path: string) => {
  const found = table.find(method, path);
  return found && { path: found.route.path, labels: found.labels };
};

it.each([
  ["GET", "/v1/projects/p", "/v1/projects/{project}", { project: "p" }],
  ["PATCH", "/v1/projects/p", "/v1/projects/{project}", { project: "p" }],
  ["GET", "/v1/projects/example.com%3Ap", "/v1/projects/{project}", { project: "example.com:p" }],
  ["POST", "/v1/projects/p:getIamPolicy", "/v1/projects/{project}:getIamPolicy", { project: "p" }],
  ["POST", "/v1/projects/a%3Ab:getIamPolicy", "/v1/projects/{project}:getIamPolicy", { project: "a:b" }],
  ["GET", "/v1/projects:search", "/v1/projects:search", {}],
  ["GET", "/v1/objects/a/b%2Fc", "/v1/objects/{name...}", { name: "a/b/c" }],
  [
    "GET",
    "/v1/projects/p/aggregated/zones/instances",
    "/v1/projects/{project}/aggregated/{kind}/instances",
    { project: "p", kind: "zones" },
  ],
])("%s %s is %s", (method, path, found, labels) => {
  expect(find(method, path)).toEqual({ path: found, labels });
});

it.each([
  ["DELETE", "/v1/projects/p"],
  ["GET", "/v1/projects"],
  ["GET", "/v1/projects/"],
  ["GET", "/v1/projects/p/zones/z"],
  ["GET", "/v1/projects/p/secrets/s"],
  ["POST", "/v1/projects/:getIamPolicy"],
  ["GET", "/v2/projects/p"],
])("%s %s is nothing", (method, path) => {
  expect(find(method, path)).toBeNull();
});

it("refuses two routes for the same call", () => {
  const twice = route("GET", "/v1/x");
  expect(() => new RouteTable(api(twice, twice))).toThrow("x.googleapis.com has two routes GET /v1/x.");
});
