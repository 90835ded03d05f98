import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ArmType } from "../model.ts";
import { makeEstate, makePrincipal, secret, startAzure, subscriptionId, tenantId } from "./test-azure.ts";

const types: ArmType[] = [
  {
    type: "Contoso.Shop/carts",
    apiVersions: ["2024-01-01", "2025-01-01"],
    show: (cart) => ({ ...cart, properties: { ...cart.properties, secret: undefined } }),
    write: (next, previous) => ({
      ...next,
      properties: { color: "red", ...next.properties, isNew: !previous },
    }),
    actions: {
      empty: { run: (cart) => ({ status: 200, value: { emptied: cart?.name } }) },
      listKeys: { permission: "Contoso.Shop/carts/keys/read", run: () => ({ status: 204 }) },
    },
  },
  { type: "Contoso.Shop/carts/items", pageSize: 2 },
  { type: "Contoso.Watch/alarms", isExtension: true },
];
const { estate, tenant, subscription } = makeEstate();
let azure: Awaited<ReturnType<typeof startAzure>>;
let token: string;
beforeAll(async () => {
  azure = await startAzure(estate, types);
  token = await azure.logIn();
});
afterAll(() => azure.close());
afterEach(() => {
  azure.faults.reset();
  azure.calls.reset();
});

const version = "api-version=2024-01-01";
const sub = `/subscriptions/${subscriptionId}`;
const carts = `${sub}/resourceGroups/rg/providers/Contoso.Shop/carts`;
const send = (method: Parameters<typeof azure.send>[0], path: string, body?: object) =>
  azure.send(method, `${path}${path.includes("?") ? "&" : "?"}${version}`, {
    token,
    ...(body ? { body } : {}),
  });
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  `${status} ${Object(body.error).code}`;

describe("resources", () => {
  it("shows what was written to the next reader", async () => {
    const made = await send("PUT", `${carts}/One`, {
      location: "westeurope",
      tags: { a: "1" },
      properties: { secret: "x" },
    });
    const cart = {
      id: `${carts}/One`,
      name: "One",
      type: "Contoso.Shop/carts",
      location: "westeurope",
      tags: { a: "1" },
      properties: { color: "red", isNew: true, provisioningState: "Succeeded" },
    };
    expect([made.status, made.body]).toEqual([201, cart]);
    // Ids are the same in any casing, and keep the one they were made with.
    expect((await send("GET", `${carts.toLowerCase()}/one`)).body).toEqual(cart);
    const changed = await send("PATCH", `${carts}/one`, {
      tags: { b: "2" },
      properties: { color: "blue", size: { x: 1 } },
    });
    expect([changed.status, changed.body]).toEqual([
      200,
      {
        ...cart,
        tags: { b: "2" },
        properties: { ...cart.properties, color: "blue", size: { x: 1 }, isNew: false },
      },
    ]);
    const merged = await send("PATCH", `${carts}/one`, { properties: { size: { y: 2 }, color: null } });
    expect(merged.body).toMatchObject({
      tags: { b: "2" },
      properties: { color: "red", size: { x: 1, y: 2 } },
    });
    const replaced = await send("PUT", `${carts}/one`, { location: "westeurope" });
    expect([replaced.status, replaced.body]).toEqual([
      200,
      { ...cart, tags: undefined, properties: { ...cart.properties, isNew: false } },
    ]);
    await send("PUT", `${carts}/One/items/apple`, { properties: {} });
    await send("PUT", `${carts}/One/providers/Contoso.Watch/alarms/loud`, { properties: {} });
    expect([
      (await send("DELETE", `${carts}/one`)).status,
      (await send("DELETE", `${carts}/one`)).status,
    ]).toEqual([200, 204]);
    expect(codeOf(await send("GET", `${carts}/one`))).toBe("404 ResourceNotFound");
    // What lay below is gone as well.
    expect(codeOf(await send("GET", `${carts}/One/items/apple`))).toBe("404 ResourceNotFound");
    expect([...subscription.tree.all()].map(({ name }) => name)).toEqual(["rg"]);
  });

  it("lists by subscription, by group and by parent, page by page", async () => {
    for (const n of [1, 2, 3, 4]) await send("PUT", `${carts}/c${n}`, { properties: {} });
    for (const n of [1, 2, 3]) await send("PUT", `${carts}/c1/items/i${n}`, { properties: {} });
    const readAll = async (path: string) => {
      const pages: string[][] = [];
      let next: unknown = `${path}?${version}`;
      while (typeof next === "string") {
        const { body } = await azure.send("GET", next, { token });
        pages.push((body.value as { name: string }[]).map(({ name }) => name));
        next = body.nextLink;
      }
      return pages;
    };
    const pages = [["c1", "c2", "c3"], ["c4"]];
    expect(await readAll(`${sub}/providers/Contoso.Shop/carts`)).toEqual(pages);
    expect(await readAll(carts)).toEqual(pages);
    expect(await readAll(`${carts}/c1/items`)).toEqual([["i1", "i2"], ["i3"]]);
    expect(await readAll(`${carts}/c2/items`)).toEqual([[]]);
    expect(await readAll(`${sub}/resources`)).toEqual(pages);
    expect(codeOf(await send("GET", `${carts}/nobody/items`))).toBe("404 ParentResourceNotFound");
    const top = await send("GET", `${carts}?$top=1`);
    expect((top.body.value as object[]).length).toBe(1);
    for (const n of [1, 2, 3, 4]) await send("DELETE", `${carts}/c${n}`);
  });

  it("keeps what hangs on a resource, a group or the subscription apart", async () => {
    await send("PUT", `${carts}/c`, { properties: {} });
    const alarms = "providers/Contoso.Watch/alarms";
    await send("PUT", `${carts}/c/${alarms}/a`, { properties: {} });
    await send("PUT", `${sub}/${alarms}/b`, { properties: {} });
    const namesIn = async (path: string) =>
      ((await send("GET", path)).body.value as { name: string }[]).map(({ name }) => name);
    expect(await namesIn(`${carts}/c/${alarms}`)).toEqual(["a"]);
    expect(await namesIn(`${sub}/${alarms}`)).toEqual(["b"]);
    expect(await namesIn(`${sub}/resourceGroups/rg/${alarms}`)).toEqual([]);
    expect((await send("GET", `${sub}/${alarms}/b`)).body).toMatchObject({ id: `${sub}/${alarms}/b` });
    await send("DELETE", `${carts}/c`);
    await send("DELETE", `${sub}/${alarms}/b`);
  });

  it("runs the actions of a resource", async () => {
    await send("PUT", `${carts}/c`, { properties: {} });
    expect((await send("POST", `${carts}/c/empty`)).body).toEqual({ emptied: "c" });
    expect((await send("POST", `${carts}/c/listKeys`)).status).toBe(204);
    expect(codeOf(await send("POST", `${carts}/c/explode`))).toBe("404 InvalidResourceType");
    expect(codeOf(await send("POST", `${carts}/nobody/empty`))).toBe("404 ResourceNotFound");
    await send("DELETE", `${carts}/c`);
  });
});

describe("subscriptions", () => {
  it("lists tenants, subscriptions, locations and groups", async () => {
    expect((await send("GET", "/tenants")).body).toMatchObject({
      value: [{ tenantId, displayName: "Test" }],
    });
    expect((await send("GET", "/subscriptions")).body).toMatchObject({
      value: [{ subscriptionId, tenantId, displayName: "Tests", state: "Enabled" }],
    });
    expect((await send("GET", sub)).body).toMatchObject({ id: sub, subscriptionId });
    const { body } = await send("GET", `${sub}/locations`);
    expect(body).toMatchObject({
      value: [{ name: "westeurope" }, { name: "northeurope" }, { name: "eastus" }],
      nextLink: expect.stringContaining(`${azure.url}${sub}/locations?api-version=2024-01-01&$skiptoken=`),
    });
    const rest = await azure.send("GET", String(body.nextLink), { token });
    expect(rest.body).toEqual({ value: [expect.objectContaining({ name: "westus" })] });
    expect((await send("GET", `${sub}/resourcegroups`)).body).toMatchObject({ value: [{ name: "rg" }] });
    expect((await send("GET", `${sub}/resourceGroups/RG`)).body).toMatchObject({ name: "rg" });
    expect([...azure.calls.actions.keys()].sort()).toEqual([
      "Microsoft.Resources/subscriptions/locations/read",
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Resources/tenants/read",
    ]);
  });
});

describe("refusals", () => {
  it("wants a version that the type knows", async () => {
    const get = (query: string) => azure.send("GET", `${carts}${query}`, { token });
    expect(codeOf(await get(""))).toBe("400 MissingApiVersionParameter");
    expect(codeOf(await get("?api-version=newest"))).toBe("400 InvalidApiVersionParameter");
    expect(codeOf(await get("?api-version=2020-01-01"))).toBe("400 NoRegisteredProviderFound");
    expect((await get("?api-version=2025-01-01")).status).toBe(200);
  });

  it("wants a token of its own, for the right audience and still valid", async () => {
    const get = (given?: string) =>
      azure.send("GET", `${carts}?${version}`, given === undefined ? {} : { token: given });
    expect(codeOf(await get())).toBe("401 AuthenticationFailed");
    const forged = await get(`${token.slice(0, -4)}AAAA`);
    expect(codeOf(forged)).toBe("401 InvalidAuthenticationToken");
    expect(forged.header("www-authenticate")).toContain('error="invalid_token"');
    const graph = await azure.logIn("https://graph.microsoft.com");
    expect(codeOf(await get(graph))).toBe("401 InvalidAuthenticationTokenAudience");
    azure.faults.reset({ expire: { afterCalls: 1 } });
    const other = await azure.logIn();
    expect([(await get(other)).status, codeOf(await get(other))]).toEqual([
      200,
      "401 ExpiredAuthenticationToken",
    ]);
  });

  it("lets a principal do what its role says, and nothing of the rest", async () => {
    const access = new Map([[subscriptionId, { actions: ["*/read"], notActions: ["Contoso.Watch/*"] }]]);
    tenant.principals.set("reader", makePrincipal({ appId: "reader", access }));
    tenant.principals.set("nobody", makePrincipal({ appId: "nobody", access: new Map() }));
    const reader = await azure.logIn(undefined, "reader");
    const nobody = await azure.logIn(undefined, "nobody");
    const as = async (who: string, method: "GET" | "PUT" | "POST" | "DELETE", path: string) =>
      codeOf(await azure.send(method, `${path}?${version}`, { token: who }));
    expect(await as(reader, "GET", carts)).toBe("200 undefined");
    expect(await as(reader, "PUT", `${carts}/x`)).toBe("403 AuthorizationFailed");
    expect(await as(reader, "DELETE", `${carts}/x`)).toBe("403 AuthorizationFailed");
    expect(await as(reader, "POST", `${carts}/x/empty`)).toBe("403 AuthorizationFailed");
    expect(await as(reader, "GET", `${sub}/providers/Contoso.Watch/alarms`)).toBe("403 AuthorizationFailed");
    expect(await as(nobody, "GET", sub)).toBe("403 AuthorizationFailed");
    expect((await azure.send("GET", `/subscriptions?${version}`, { token: nobody })).body).toEqual({
      value: [],
    });
    expect([...azure.calls.actions]).toEqual([
      ["Contoso.Shop/carts/read", 1],
      ["Contoso.Shop/carts/write", 1],
      ["Contoso.Shop/carts/delete", 1],
      ["Contoso.Shop/carts/empty/action", 1],
      ["Contoso.Watch/alarms/read", 1],
      ["Microsoft.Resources/subscriptions/read", 2],
    ]);
  });

  it("keeps tenants apart", async () => {
    const other = {
      ...makeEstate().tenant,
      id: "eeeeeeee-0000-4000-8000-000000000001",
      domain: "other.example",
    };
    estate.tenants.set(other.id, other);
    const { body } = await azure.send("POST", `/${other.id}/oauth2/v2.0/token`, {
      form: {
        grant_type: "client_credentials",
        client_id: makePrincipal().appId,
        client_secret: secret,
        scope: "https://management.azure.com/.default",
      },
    });
    const answer = await azure.send("GET", `${sub}?${version}`, { token: String(body.access_token) });
    expect(codeOf(answer)).toBe("401 InvalidAuthenticationTokenTenant");
    estate.tenants.delete(other.id);
  });

  it("knows nothing of what isn't there", async () => {
    const { providers } = { providers: `${sub}/providers` };
    expect(codeOf(await send("GET", "/subscriptions/ffffffff-0000-4000-8000-000000000001"))).toBe(
      "404 SubscriptionNotFound",
    );
    expect(codeOf(await send("GET", carts.replace("/rg/", "/gone/")))).toBe("404 ResourceGroupNotFound");
    expect(codeOf(await send("GET", `${providers}/Contoso.Shop/boats`))).toBe("404 InvalidResourceType");
    subscription.unregistered.add("contoso.shop");
    expect(codeOf(await send("GET", carts))).toBe("409 MissingSubscriptionRegistration");
    subscription.unregistered.clear();
    expect(codeOf(await send("GET", `${carts}?$skiptoken=zzz`))).toBe("400 InvalidSkipToken");
  });

  it.each([
    [{ throttleRate: 1 }, "429 TooManyRequests"],
    [{ errorRate: 1 }, "500 InternalServerError"],
    [{ deny: ["Contoso.Shop/carts/*"] }, "403 AuthorizationFailed"],
    [{ deny: [{ action: "Contoso.*", account: subscriptionId }] }, "403 AuthorizationFailed"],
    [{ deny: ["contoso.watch/*"] }, "200 undefined"],
  ])("has the fault %o", async (settings, expected) => {
    azure.faults.reset(settings);
    expect(codeOf(await send("GET", carts))).toBe(expected);
  });
});
