import { type Role, roles } from "#db/identity/roles.ts";
import { StartError } from "../../start-error.ts";

/** How people sign in through an OpenID Connect provider. */
export type OidcSettings = {
  /** The provider's issuer, exactly as it names itself in its tokens. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Space-separated; `openid` is among them. */
  scopes: string;
  /** What the sign-in page calls the provider. */
  name: string;
  /** Path of the claim that decides the role, such as `groups` or `realm_access.roles`. */
  roleClaim: string;
  /** In the operator's order, of which the first match counts. */
  roles: readonly { value: string; role: Role }[];
  /** Whether a verified e-mail address may tie a provider's user to the user here who has a password. */
  linkByEmail: boolean;
};

export type OidcVariables = {
  PARAPET_OIDC_ISSUER?: string | undefined;
  PARAPET_OIDC_CLIENT_ID?: string | undefined;
  PARAPET_OIDC_CLIENT_SECRET?: string | undefined;
  PARAPET_OIDC_SCOPES: string;
  PARAPET_OIDC_NAME: string;
  PARAPET_OIDC_ROLE_CLAIM: string;
  PARAPET_OIDC_ROLES?: string | undefined;
  PARAPET_OIDC_LINK_BY_EMAIL: boolean;
};

/** The variables as one setting: all that are needed, or none. Throws a StartError that names what is missing or wrong. */
export function readOidcSettings(given: OidcVariables): OidcSettings | undefined {
  const needed = {
    PARAPET_OIDC_ISSUER: given.PARAPET_OIDC_ISSUER,
    PARAPET_OIDC_CLIENT_ID: given.PARAPET_OIDC_CLIENT_ID,
    PARAPET_OIDC_CLIENT_SECRET: given.PARAPET_OIDC_CLIENT_SECRET,
    PARAPET_OIDC_ROLES: given.PARAPET_OIDC_ROLES,
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(needed).length) return undefined;
  const { PARAPET_OIDC_ISSUER: issuer, PARAPET_OIDC_CLIENT_ID: clientId } = needed;
  const { PARAPET_OIDC_CLIENT_SECRET: clientSecret, PARAPET_OIDC_ROLES: mapping } = needed;
  if (!issuer || !clientId || !clientSecret || !mapping) {
    const what = missing.length === 1 ? "is" : "are";
    throw new StartError(
      `${missing.join(" and ")} ${what} missing: single sign-on needs all or none of them.`,
    );
  }
  const scopes = given.PARAPET_OIDC_SCOPES.trim().split(/\s+/);
  if (!scopes.includes("openid")) throw new StartError("PARAPET_OIDC_SCOPES must include openid.");
  return {
    issuer,
    clientId,
    clientSecret,
    scopes: scopes.join(" "),
    name: given.PARAPET_OIDC_NAME,
    roleClaim: given.PARAPET_OIDC_ROLE_CLAIM,
    roles: parseRoles(mapping),
    linkByEmail: given.PARAPET_OIDC_LINK_BY_EMAIL,
  };
}

/** `value=role` pairs between commas. A value may hold `=`, as distinguished names do, and `\,` for a comma. */
function parseRoles(mapping: string): OidcSettings["roles"] {
  return mapping.split(/(?<!\\),/).map((pair) => {
    const [, written, name] = /^\s*(.*\S)\s*=\s*([a-z]+)\s*$/s.exec(pair) ?? [];
    const role = roles.find((known) => known === name);
    if (written === undefined || role === undefined) {
      throw new StartError(
        `PARAPET_OIDC_ROLES must be pairs such as security-admins=admin,developers=analyst, with the roles ${roles.join(", ")}.`,
      );
    }
    return { value: written.replaceAll("\\,", ","), role };
  });
}
