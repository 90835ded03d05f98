import { describe, expect, it } from "vitest";
import { parseEnv } from "#lib/env.ts";
import { StartError } from "#lib/start-error.ts";

const set = {
  PARAPET_OIDC_ISSUER: "https://login.example.com/realms/main",
  PARAPET_OIDC_CLIENT_ID: "parapet",
  PARAPET_OIDC_CLIENT_SECRET: "s3cret",
  PARAPET_OIDC_ROLES: "security-admins=admin,security=analyst",
};

function refusalOf(source: Record<string, string>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return "none";
}

describe("the variables of single sign-on", () => {
  it("need four, and have defaults for the rest", () => {
    expect(parseEnv(set).oidc).toEqual({
      issuer: "https://login.example.com/realms/main",
      clientId: "parapet",
      clientSecret: "s3cret",
      scopes: "openid email profile",
      name: "single sign-on",
      roleClaim: "groups",
      roles: [
        { value: "security-admins", role: "admin" },
        { value: "security", role: "analyst" },
      ],
      linkByEmail: false,
    });
  });

  it("take what is set", () => {
    const oidc = parseEnv({
      ...set,
      PARAPET_OIDC_SCOPES: " openid  groups ",
      PARAPET_OIDC_NAME: "Keycloak",
      PARAPET_OIDC_ROLE_CLAIM: "realm_access.roles",
      PARAPET_OIDC_LINK_BY_EMAIL: "on",
    }).oidc;
    expect(oidc).toMatchObject({
      scopes: "openid groups",
      name: "Keycloak",
      roleClaim: "realm_access.roles",
      linkByEmail: true,
    });
  });

  it("reads distinguished names as values", () => {
    const { oidc } = parseEnv({ ...set, PARAPET_OIDC_ROLES: "CN=Sec\\,OU=Ops=ciso, b = manager" });
    expect(oidc?.roles).toEqual([
      { value: "CN=Sec,OU=Ops", role: "ciso" },
      { value: "b", role: "manager" },
    ]);
  });

  it("come all together or not at all", () => {
    const { PARAPET_OIDC_CLIENT_SECRET: _secret, ...lacking } = set;
    expect(refusalOf(lacking)).toBe(
      "PARAPET_OIDC_CLIENT_SECRET is missing: single sign-on needs all or none of them.",
    );
    expect(refusalOf({ PARAPET_OIDC_ISSUER: set.PARAPET_OIDC_ISSUER })).toBe(
      "PARAPET_OIDC_CLIENT_ID and PARAPET_OIDC_CLIENT_SECRET and PARAPET_OIDC_ROLES are missing: single sign-on needs all or none of them.",
    );
    expect(parseEnv({ PARAPET_OIDC_NAME: "Okta" }).oidc).toBeUndefined();
  });

  it("refuse an issuer that others could read along with", () => {
    const plain = "PARAPET_OIDC_ISSUER must begin with https, unless the provider is on this machine.";
    expect(refusalOf({ ...set, PARAPET_OIDC_ISSUER: "http://login.example.com" })).toBe(plain);
    expect(parseEnv({ ...set, PARAPET_OIDC_ISSUER: "http://127.0.0.1:8080" }).oidc?.issuer).toBe(
      "http://127.0.0.1:8080",
    );
    expect(refusalOf({ ...set, PARAPET_OIDC_ISSUER: "login.example.com" })).toContain("must be a URL");
  });

  it.each(["admins", "admins=root", "=admin", "a=admin,", "a=admin,,b=ciso"])(
    "refuse the roles %j",
    (mapping) => {
      expect(refusalOf({ ...set, PARAPET_OIDC_ROLES: mapping })).toMatch(/^PARAPET_OIDC_ROLES must be pairs/);
    },
  );

  it("ask for an id token", () => {
    expect(refusalOf({ ...set, PARAPET_OIDC_SCOPES: "email" })).toBe(
      "PARAPET_OIDC_SCOPES must include openid.",
    );
  });
});
