import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { RevokeButton } from "./revoke-button.tsx";

export type SessionView = {
  id: string;
  user: { id: string; name: string; role: string };
  isCurrent: boolean;
  device: { words: string; isHandheld: boolean };
  userAgent: string | null;
  address: string | null;
  createdAt: string;
  lastSeenAt: string;
};

/** One row each; on a phone its parts stand below one another. */
export function SessionList({
  label,
  sessions,
  now,
  showsUser = false,
}: {
  label: string;
  sessions: SessionView[];
  now: string;
  showsUser?: boolean;
}) {
  return (
    <ul aria-label={label} className="mt-5 border-t border-line">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] md:grid-cols-[1.25rem_minmax(0,1fr)_5.25rem] items-center gap-x-4 gap-y-1 border-b border-line py-3.5"
        >
          <DeviceIcon isHandheld={session.device.isHandheld} />
          <div className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 md:grid md:gap-x-6 md:grid-cols-[minmax(0,1fr)_minmax(0,10rem)_9rem_9rem] md:items-center">
            <div className="w-full min-w-0">
              {showsUser ? (
                <div className="truncate text-14 font-[540]">
                  <Untrusted text={session.user.name} limit={100} />{" "}
                  <span className="text-13 font-[400] text-ink-faint">{session.user.role}</span>
                </div>
              ) : null}
              <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <span
                  className={showsUser ? "text-13 text-ink-soft" : "text-14 font-[540]"}
                  title={session.userAgent ?? undefined}
                >
                  {session.device.words}
                </span>
                {session.isCurrent ? <Badge tone="accent">This browser</Badge> : null}
              </div>
            </div>
            <div
              className="w-full truncate font-mono text-13 text-ink-soft"
              title={session.address ?? undefined}
            >
              {session.address ?? "address unknown"}
            </div>
            <div className="text-13 text-ink-soft">
              <span className="text-ink-faint">Used </span>
              <Time at={session.lastSeenAt} now={now} />
            </div>
            <div className="text-13 text-ink-soft">
              <span className="text-ink-faint">Since </span>
              <Time at={session.createdAt} now={now} />
            </div>
          </div>
          <RevokeButton
            sessionId={session.id}
            isCurrent={session.isCurrent}
            what={
              showsUser
                ? `${session.user.name}'s session, ${session.device.words}`
                : `the session ${session.device.words}`
            }
          />
        </li>
      ))}
    </ul>
  );
}

function DeviceIcon({ isHandheld }: { isHandheld: boolean }) {
  const Icon = isHandheld ? Smartphone : Monitor;
  return <Icon aria-hidden strokeWidth={1.6} className="size-5 self-start text-ink-faint md:self-center" />;
}
