import { KeyRound } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { TokenView } from "#db/api/queries.ts";
import { RevokeToken } from "./revoke-token.tsx";

/** Days before its end at which a token is marked. */
const soonDays = 7;

/** One row each; on a phone its parts stand below one another. */
export function TokenList({
  label,
  tokens,
  now,
  showsUser = false,
}: {
  label: string;
  tokens: TokenView[];
  now: string;
  showsUser?: boolean;
}) {
  return (
    <ul aria-label={label} className="mt-5 border-t border-line">
      {tokens.map((token) => (
        <li
          key={token.id}
          className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-3.5"
        >
          <KeyRound
            aria-hidden
            strokeWidth={1.6}
            className="size-5 self-start text-ink-faint md:self-center"
          />
          <div className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 md:grid md:grid-cols-[minmax(0,1fr)_9rem_9rem] md:items-center md:gap-x-6">
            <div className="w-full min-w-0">
              <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <Untrusted text={token.name} limit={80} className="max-w-full truncate text-14 font-[540]" />
                {endsSoon(token, now) ? <Badge tone="danger">Ends soon</Badge> : null}
              </div>
              {showsUser ? (
                <div className="truncate text-13 text-ink-soft">
                  <Untrusted text={token.user.name} limit={100} />{" "}
                  <span className="text-ink-faint">{token.user.role}</span>
                </div>
              ) : null}
              <div className="text-13 text-pretty text-ink-faint" title={token.permissions.join(", ")}>
                {sayPermissions(token.permissions)}
              </div>
            </div>
            <div className="text-13 text-ink-soft">
              {token.lastUsedAt ? (
                <>
                  <span className="text-ink-faint">Used </span>
                  <Time at={token.lastUsedAt} now={now} />
                  {token.lastAddress ? (
                    <span className="block truncate font-mono text-12 text-ink-faint">
                      {token.lastAddress}
                    </span>
                  ) : null}
                </>
              ) : (
                "Never used"
              )}
            </div>
            <div className="text-13 text-ink-soft">
              <span className="text-ink-faint">Ends </span>
              <Time at={token.expiresAt} now={now} />
            </div>
          </div>
          <RevokeToken
            tokenId={token.id}
            name={token.name}
            owner={showsUser ? token.user.name : null}
            used={token.lastUsedAt !== null}
          />
        </li>
      ))}
    </ul>
  );
}

const endsSoon = ({ expiresAt }: TokenView, now: string): boolean =>
  Date.parse(expiresAt) - Date.parse(now) < soonDays * 86_400_000;

/** A few by name; of many, how many. */
function sayPermissions(permissions: readonly string[]): string {
  if (permissions.length <= 4) return permissions.join(", ");
  return `${permissions.slice(0, 3).join(", ")} and ${permissions.length - 3} more`;
}
