import { Badge } from "#components/ui/badge.tsx";
import type { UserView } from "#db/identity/user-queries.ts";

/** Says what is out of the ordinary about somebody; nothing of who simply can come in. */
export function UserStateBadge({ user }: { user: Pick<UserView, "state" | "link"> }) {
  if (user.state === "disabled") return <Badge tone="danger">Disabled</Badge>;
  if (user.state === "invited") {
    return user.link ? <Badge tone="accent">Invited</Badge> : <Badge>Invitation has ended</Badge>;
  }
  return user.link ? <Badge tone="accent">Resets the password</Badge> : null;
}
