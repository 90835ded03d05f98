import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeEstate, startAzure, subscriptionId } from "../wire/test-azure.ts";
import { armTypes } from "./index.ts";

const { estate } = makeEstate();
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg`;
const version = "?api-version=2024-05-01";
let now = new Date("2026-06-01T00:00:00Z");
let azure: Awaited<ReturnType<typeof startAzure>>;
let token: string;
beforeAll(async () => {
  azure = await startAzure(estate, armTypes, [], () => now);
  token = await azure.logIn();
  await azure.send("PUT", `${group}${version}`, { token, body: { location: "westeurope", properties: {} } });
});
afterAll(() => azure.close());

const whole = {
  access: "Allow",
  direction: "Inbound",
  priority: 200,
  protocol: "Tcp",
  sourceAddressPrefix: "10.0.0.0/8",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "22",
};
const put = (name: string, change: object, headers?: Record<string, string>) =>
  azure.send("PUT", `${group}/securityRules/${name}${version}`, {
    token,
    body: { properties: { ...whole, ...change } },
    ...(headers ? { headers } : {}),
  });
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  `${status} ${Reflect.get(Object(body.error), "code")}`;

describe("a security rule", () => {
  it("is made, replaced with the same, and deleted, once or twice", async () => {
    expect((await put("ssh", {})).status).toBe(201);
    const again = await put("ssh", {});
    expect([again.status, again.body.properties]).toEqual([
      200,
      { ...whole, provisioningState: "Succeeded" },
    ]);
    const remove = () => azure.send("DELETE", `${group}/securityRules/ssh${version}`, { token });
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 204]);
  });

  it.each<[string, object, string]>([
    ["two spellings", { sourceAddressPrefixes: ["10.0.0.0/8"] }, "SecurityRuleConflictingParameters"],
    ["no port", { destinationPortRange: undefined }, "SecurityRuleParameterRequired"],
    ["a port that is none", { destinationPortRange: "70000" }, "SecurityRuleInvalidPortRange"],
    ["a range backwards", { destinationPortRange: "30-20" }, "SecurityRuleInvalidPortRange"],
    [
      "a prefix that is none",
      { sourceAddressPrefix: "10.0.0.0/8,1.1.1.1" },
      "SecurityRuleInvalidAddressPrefix",
    ],
    [
      "a tag in a list",
      { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["Internet", "10.0.0.0/8"] },
      "SecurityRuleParameterContainsUnsupportedValue",
    ],
    ["a priority that is none", { priority: 99 }, "SecurityRuleInvalidPriority"],
    ["a protocol that is none", { protocol: "Sctp" }, "InvalidRequestFormat"],
  ])("is refused with %s", async (_, change, code) => {
    expect(codeOf(await put("odd", change))).toBe(`400 ${code}`);
  });

  it("takes its priority alone", async () => {
    await put("first", { priority: 300 });
    expect(codeOf(await put("second", { priority: 300 }))).toBe("400 SecurityRuleConflict");
    expect((await put("second", { priority: 300, direction: "Outbound" })).status).toBe(201);
  });

  it("is changed by who names its version, and by nobody who names another", async () => {
    const made = await put("tagged", { priority: 400 });
    const { etag } = made.body;
    expect(etag).toMatch(/^W\/"[0-9a-f-]{36}"$/);
    const changed = await put("tagged", { priority: 401 }, { "if-match": String(etag) });
    expect(changed.status).toBe(200);
    expect(changed.body.etag).not.toBe(etag);
    expect(codeOf(await put("tagged", { priority: 402 }, { "if-match": String(etag) }))).toBe(
      "412 PreconditionFailed",
    );
  });
});

it("goes on with a change after it was taken, where the estate says so", async () => {
  estate.operationMs = 5_000;
  const taken = await put("slow", { priority: 500 });
  expect([taken.status, Reflect.get(Object(taken.body.properties), "provisioningState")]).toEqual([
    201,
    "Updating",
  ]);
  const operation = taken.header("azure-asyncoperation") ?? "";
  const statusOf = async () => (await azure.send("GET", operation, { token })).body.status;
  expect(await statusOf()).toBe("InProgress");
  expect(codeOf(await put("other", { priority: 501 }))).toBe("429 AnotherOperationInProgress");
  now = new Date(now.getTime() + 5_000);
  expect(await statusOf()).toBe("Succeeded");
  const deleted = await azure.send("DELETE", `${group}/securityRules/slow${version}`, { token });
  expect([deleted.status, deleted.header("azure-asyncoperation")]).toEqual([202, expect.any(String)]);
  delete estate.operationMs;
});
