import type { Role } from "#db/identity/roles.ts";

/** What the provider says of who signed in: the id token's claims, with those of userinfo that it lacks. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The values at a path of claims. A part of the path may itself hold dots, as names such as `https://example.com/roles`
 * do, so every way to read it is tried, the longest name first.
 */
export function readClaim(claims: unknown, path: string): readonly string[] {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return [];
  if (Object.hasOwn(claims, path)) return valuesOf(Reflect.get(claims, path));
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(claims, name)) continue;
    const found = readClaim(Reflect.get(claims, name), path.slice(dot + 1));
    if (found.length > 0) return found;
  }
  return [];
}

function valuesOf(claim: unknown): readonly string[] {
  const values = Array.isArray(claim) ? claim : [claim];
  return values.flatMap((value) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [`${value}`] : [],
  );
}

/** The role of who has these claims; null when none was given to them. */
export function mapRole(
  settings: { roleClaim: string; roles: readonly { value: string; role: Role }[] },
  claims: Claims,
): Role | null {
  const values = new Set(readClaim(claims, settings.roleClaim));
  return settings.roles.find(({ value }) => values.has(value))?.role ?? null;
}
