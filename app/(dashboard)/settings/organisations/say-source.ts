import type { SourceView } from "#db/accounts/source-queries.ts";

/** What kind of organisation it is, and what became of its members. */
export function sayMembers({ cloud, members }: Pick<SourceView, "cloud" | "members">): string {
  const kind = { aws: "AWS Organizations", azure: "Azure subscriptions", gcp: "Google Cloud projects" }[
    cloud
  ];
  const parts = [
    members.suspended > 0 ? `${members.suspended} suspended` : "",
    members.gone > 0 ? `${members.gone} gone` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `${kind}; ${parts.join(", ")}` : kind;
}

/** How members are reached, in words. */
export function sayTemplate({ cloud, template }: Pick<SourceView, "cloud" | "template">): string {
  if (template.type === "role") return `By the role ${String(template.roleName)} in each`;
  if (template.type === "service_account")
    return `By the service account ${String(template.accountName)} in each`;
  return cloud === "azure" ? "By the same service principal" : "By the same identity";
}
