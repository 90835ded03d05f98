import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GraphRoute } from "../model.ts";
import { makeEstate, makePrincipal, startAzure } from "./test-azure.ts";

const routes: GraphRoute[] = [
  {
    path: "users",
    permissions: ["User.Read.All", "Directory.Read.All"],
    writePermissions: ["User.ReadWrite.All"],
    expand: (user, what) => ({ ...user, [what]: [{ id: "g" }] }),
  },
  { path: "users/{id}", permissions: ["User.Read.All"], writePermissions: ["User.ReadWrite.All"] },
  {
    path: "users/{id}/methods",
    permissions: ["Methods.Read"],
    pageSize: 1,
    read: ({ ids }) => (ids[0] === "1" ? [{ id: "m1" }, { id: "m2" }] : null),
  },
  { path: "policies/one", permissions: ["Policy.Read.All"], writePermissions: ["Policy.ReadWrite"] },
  { path: "groups", permissions: ["Group.Read.All"] },
];
const { estate, tenant } = makeEstate(2);
const graph = "https://graph.microsoft.com";
let azure: Awaited<ReturnType<typeof startAzure>>;
let token: string;
beforeAll(async () => {
  tenant.graph.set("policies/one", { id: "one", level: 3 });
  tenant.graph.set(
    "users",
    ["1", "2", "3"].map((id) => ({ id, name: `n'${id}`, enabled: id !== "2", nested: { n: Number(id) } })),
  );
  azure = await startAzure(estate, [], routes);
  token = await azure.logIn(graph);
});
afterAll(() => azure.close());
afterEach(() => {
  azure.faults.reset();
  azure.calls.reset();
});

const send = (method: Parameters<typeof azure.send>[0], path: string, body?: object) =>
  azure.send(method, path.startsWith("https:") ? path : `/v1.0/${path}`, {
    token,
    ...(body ? { body } : {}),
  });
const idsIn = ({ body }: { body: Record<string, unknown> }) =>
  (body.value as { id: string }[]).map(({ id }) => id);
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  `${status} ${Object(body.error).code}`;

describe("Microsoft Graph", () => {
  it("tells an object and a list, page by page", async () => {
    expect((await send("GET", "policies/one")).body).toEqual({
      "@odata.context": `${azure.url}/v1.0/$metadata#policies/one/$entity`,
      id: "one",
      level: 3,
    });
    expect((await send("GET", "users/2")).body).toMatchObject({ id: "2", name: "n'2" });
    const first = await send("GET", "users");
    expect(idsIn(first)).toEqual(["1", "2"]);
    const second = await send("GET", String(first.body["@odata.nextLink"]));
    expect(idsIn(second)).toEqual(["3"]);
    expect(second.body["@odata.nextLink"]).toBeUndefined();
    expect(idsIn(await send("GET", "users?$top=3"))).toEqual(["1", "2", "3"]);
    expect(idsIn(await send("GET", "users/1/methods"))).toEqual(["m1"]);
  });

  it("selects, expands and filters as far as it knows how to", async () => {
    const selected = await send("GET", "users?$select=id,enabled&$top=1");
    expect(selected.body.value).toEqual([{ id: "1", enabled: true }]);
    const expanded = await send("GET", "users?$select=id&$expand=memberOf&$top=1");
    expect(expanded.body.value).toEqual([{ id: "1", memberOf: [{ id: "g" }] }]);
    expect(idsIn(await send("GET", "users?$filter=enabled eq false"))).toEqual(["2"]);
    expect(idsIn(await send("GET", "users?$filter=name eq 'n''3' and nested/n ne 1"))).toEqual(["3"]);
    expect(idsIn(await send("GET", "users?$filter=gone eq null"))).toEqual(["1", "2"]);
    expect(codeOf(await send("GET", "users?$filter=startswith(name,'n')"))).toBe(
      "400 Request_UnsupportedQuery",
    );
    expect(codeOf(await send("GET", "users?$top=1000"))).toBe("400 Request_UnsupportedQuery");
    expect(codeOf(await send("GET", "policies/one?$expand=x"))).toBe("400 Request_BadRequest");
  });

  it("shows what was written to the next reader", async () => {
    const made = await send("POST", "users", { name: "new" });
    expect(made).toMatchObject({ status: 201, body: { id: expect.any(String), name: "new" } });
    const path = `users/${made.body.id}`;
    expect((await send("PATCH", path, { name: "newer" })).status).toBe(204);
    expect((await send("GET", path)).body).toMatchObject({ name: "newer" });
    expect((await send("DELETE", path)).status).toBe(204);
    expect(codeOf(await send("GET", path))).toBe("404 Request_ResourceNotFound");
    expect((await send("PATCH", "policies/one", { level: 4 })).status).toBe(204);
    expect((await send("GET", "policies/one")).body).toMatchObject({ level: 4 });
    expect(codeOf(await send("POST", "groups", {}))).toBe("405 Request_BadRequest");
  });

  it("lets an application read what was consented to, and notes the least that it takes", async () => {
    tenant.principals.set("some", makePrincipal({ appId: "some", graphPermissions: ["Directory.Read.All"] }));
    const some = await azure.logIn(graph, "some");
    const as = async (method: "GET" | "PATCH", path: string) =>
      codeOf(
        await azure.send(method, `/v1.0/${path}`, { token: some, ...(method === "GET" ? {} : { body: {} }) }),
      );
    expect(await as("GET", "users")).toBe("200 undefined");
    expect(await as("GET", "users/1")).toBe("403 Authorization_RequestDenied");
    expect(await as("PATCH", "users/1")).toBe("403 Authorization_RequestDenied");
    expect([...azure.calls.actions]).toEqual([
      ["User.Read.All", 2],
      ["User.ReadWrite.All", 1],
    ]);
  });

  it("refuses what it doesn't know, and tokens that are for something else", async () => {
    expect(codeOf(await send("GET", "boats"))).toBe("400 BadRequest");
    expect(codeOf(await azure.send("GET", "/beta/users", { token }))).toBe("404 BadRequest");
    expect(codeOf(await send("GET", "users/9/methods"))).toBe("404 Request_ResourceNotFound");
    const other = await azure.logIn();
    const refused = await azure.send("GET", "/v1.0/users", { token: other });
    expect(codeOf(refused)).toBe("401 InvalidAuthenticationToken");
    expect(refused.body).toMatchObject({ error: { innerError: { "request-id": expect.any(String) } } });
  });

  it.each([
    [{ throttleRate: 1 }, "429 TooManyRequests"],
    [{ errorRate: 1 }, "500 InternalServerError"],
    [{ deny: ["User.*"] }, "403 Authorization_RequestDenied"],
    [{ expire: { afterCalls: 0 } }, "401 InvalidAuthenticationToken"],
  ])("has the fault %o", async (settings, expected) => {
    azure.faults.reset(settings);
    expect(codeOf(await send("GET", "users"))).toBe(expected);
  });
});
