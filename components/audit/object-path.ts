/** Where what an entry is about can be looked at; null where it has no page, or `findings` and the like say more. */
export function objectPath({ kind, id }: { kind: string; id: string }): string | null {
  const safe = encodeURIComponent(id);
  switch (kind) {
    case "finding":
      return `/findings?state=all&finding=${safe}`;
    case "account":
      return `/settings/accounts/${safe}`;
    case "account_source":
      return `/settings/organisations/${safe}`;
    case "scan":
      return `/scans/${safe}`;
    case "import":
      return `/imports/${safe}`;
    case "remediation_plan":
      return `/remediation/${safe}`;
    case "playbook":
      return `/playbooks/${safe}`;
    case "resource":
      return `/resources/${safe}`;
    case "user":
      return id.startsWith("usr_") ? `/settings/users/${safe}` : null;
    default:
      return null;
  }
}
