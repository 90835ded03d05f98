import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appId, makeEstate, makePrincipal, secret, startAzure, tenantId } from "./test-azure.ts";

const now = new Date("2026-01-31T12:00:00Z");
const { estate, tenant } = makeEstate();
let azure: Awaited<ReturnType<typeof startAzure>>;
beforeAll(async () => {
  const spent = [{ value: secret, expiresAt: new Date("2026-01-31T11:59:59Z") }];
  tenant.principals.set("spent", makePrincipal({ appId: "spent", secrets: spent }));
  azure = await startAzure(estate, [], [], () => now);
});
afterAll(() => azure.close());

const path = `/${tenantId}/oauth2/v2.0/token`;
const form = {
  grant_type: "client_credentials",
  client_id: appId,
  client_secret: secret,
  scope: "https://management.azure.com/.default openid profile",
};

describe("the login", () => {
  it("tells where its parts are", async () => {
    const { body } = await azure.send("GET", `/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      token_endpoint: `${azure.url}${path}`,
      issuer: `${azure.url}/${tenantId}/v2.0`,
      jwks_uri: `${azure.url}/${tenantId}/discovery/v2.0/keys`,
    });
    const keys = await azure.send("GET", `/${tenantId}/discovery/v2.0/keys`);
    expect(keys.body).toMatchObject({ keys: [{ kty: "RSA", use: "sig" }] });
    const instance = await azure.send("GET", "/common/discovery/instance?api-version=1.1");
    expect(instance.body).toMatchObject({ metadata: [{ aliases: [new URL(azure.url).host] }] });
  });

  it("issues tokens that say for whom and for what", async () => {
    const { status, body } = await azure.send("POST", path, { form });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: "Bearer",
        expires_in: 3900,
        ext_expires_in: 3900,
        access_token: expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/),
      },
    });
    const claims: unknown = JSON.parse(
      Buffer.from(String(body.access_token).split(".")[1] ?? "", "base64url").toString(),
    );
    expect(claims).toMatchObject({
      aud: "https://management.azure.com",
      tid: tenantId,
      appid: appId,
      oid: "dddddddd-0000-4000-8000-000000000001",
      app_displayname: "Tester",
      exp: now.getTime() / 1000 + 3900,
    });
    const byDomain = await azure.send("POST", "/test.onmicrosoft.com/oauth2/v2.0/token", { form });
    expect(byDomain.status).toBe(200);
  });

  it.each([
    ["another tenant", "/eeeeeeee-0000-4000-8000-000000000001/oauth2/v2.0/token", {}, 400, "AADSTS90002"],
    ["another application", path, { client_id: "nobody" }, 400, "AADSTS700016"],
    ["another secret", path, { client_secret: "guessed" }, 401, "AADSTS7000215"],
    ["no secret", path, { client_secret: "" }, 401, "AADSTS7000218"],
    ["a secret that has expired", path, { client_id: "spent" }, 401, "AADSTS7000222"],
    ["another grant", path, { grant_type: "password" }, 400, "AADSTS70003"],
    ["a scope that is none", path, { scope: "https://management.azure.com/read" }, 400, "AADSTS1002012"],
    ["a resource that isn't there", path, { scope: "https://evil.example/.default" }, 400, "AADSTS500011"],
    ["an assertion that is none", path, { client_assertion: "x.y.z" }, 401, "AADSTS50027"],
  ])("refuses %s", async (_, where, change, status, code) => {
    const answer = await azure.send("POST", where, { form: { ...form, ...change } });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: expect.any(String),
      error_description: expect.stringMatching(
        new RegExp(`^${code}: .* Trace ID: \\S+ Correlation ID: \\S+ Timestamp: 2026-01-31 12:00:00Z$`),
      ),
      error_codes: [Number(code.slice(6))],
    });
  });

  it("has the faults that the clouds have, in words of its own", async () => {
    azure.faults.reset({ throttleRate: 1 });
    expect(await azure.send("POST", path, { form })).toMatchObject({ status: 429 });
    azure.faults.reset({ errorRate: 1 });
    expect(await azure.send("POST", path, { form })).toMatchObject({
      status: 503,
      body: { error: "temporarily_unavailable" },
    });
    // A role says nothing about who may log in.
    azure.faults.reset({ deny: ["*"] });
    expect(await azure.send("POST", path, { form })).toMatchObject({ status: 200 });
    azure.faults.reset();
    expect(azure.calls.total).toBe(0);
  });
});
