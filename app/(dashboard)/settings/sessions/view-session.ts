import type { ListedSession } from "#db/identity/queries.ts";
import { describeUserAgent } from "#lib/auth/user-agent.ts";
import type { SessionView } from "./_components/session-list.tsx";

/** A session as its row shows it. */
export function viewSession(session: ListedSession, currentId: string): SessionView {
  return {
    id: session.id,
    user: { id: session.user.id, name: session.user.name, role: session.user.role },
    isCurrent: session.id === currentId,
    device: describeUserAgent(session.userAgent),
    userAgent: session.userAgent,
    address: session.ip,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
  };
}
