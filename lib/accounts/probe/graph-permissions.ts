import { MalformedAnswer } from "#lib/inventory/answers.ts";

/** The application permissions that a Microsoft Graph token carries; `null` for a person's token, which carries none. */
export function graphPermissionsIn(token: string): string[] | null {
  const { roles, scp } = claimsOf(token);
  if (Array.isArray(roles)) return roles.filter((role): role is string => typeof role === "string");
  return scp === undefined ? [] : null;
}

function claimsOf(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return { ...value };
  } catch (cause) {
    throw new MalformedAnswer("The token can't be read.", { cause });
  }
  throw new MalformedAnswer("The token can't be read.");
}

/** What Directory.Read.All lets read, of that which has a smaller permission of its own. */
const ofDirectory = [
  "Application.Read.All",
  "Device.Read.All",
  "Domain.Read.All",
  "Group.Read.All",
  "GroupMember.Read.All",
  "Organization.Read.All",
  "RoleManagement.Read.Directory",
  "User.Read.All",
];

/** Every permission that one of them comes to: writing includes reading, and the directory's includes its parts'. */
export function impliedBy(permission: string): string[] {
  const reading = permission.replace(".ReadWrite.", ".Read.");
  return [permission, reading, ...(reading === "Directory.Read.All" ? ofDirectory : [])];
}
