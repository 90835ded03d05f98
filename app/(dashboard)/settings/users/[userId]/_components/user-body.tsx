import type { ReactNode } from "react";
import type { TokenView } from "#db/api/queries.ts";
import type { HistoryEntry } from "#db/audit/queries.ts";
import type { ListedSession } from "#db/identity/queries.ts";
import type { UserDetail } from "#db/identity/user-queries.ts";
import { isErased } from "#lib/users/erased.ts";
import { ObjectHistory } from "../../../../_history/object-history.tsx";
import { History } from "../../../accounts/[accountId]/_components/history.tsx";
import { SessionList } from "../../../sessions/_components/session-list.tsx";
import { viewSession } from "../../../sessions/view-session.ts";
import { TokenList } from "../../../tokens/_components/token-list.tsx";
import type { AccountChoice } from "../../read-account-choices.ts";
import { sayUserEntry } from "../../say-user.ts";
import { ErasePart } from "./erase-part.tsx";
import { RolePart } from "./role-part.tsx";
import { SignInPart } from "./sign-in-part.tsx";
import { VisibilityPart } from "./visibility-part.tsx";

/** What somebody may do and see, how they come in, where they are in now, and what was done about them. */
export function UserBody({
  user,
  isSelf,
  mayChange,
  provider,
  accounts,
  sessions,
  currentSessionId,
  tokens,
  history,
  mayErase,
  now,
}: {
  user: UserDetail;
  isSelf: boolean;
  mayChange: boolean;
  provider: string | null;
  accounts: readonly AccountChoice[];
  sessions: readonly ListedSession[];
  currentSessionId: string;
  tokens: TokenView[];
  /** Null for whoever may not read the trail. */
  history: readonly HistoryEntry[] | null;
  mayErase: boolean;
  now: string;
}) {
  const { id, name, role, revision, persona, state, hasPassword, link } = user;
  return (
    <div className="grid max-w-5xl gap-12 border-t border-line px-4 pt-8 sm:px-6">
      <Part id="role" title="Role">
        <RolePart
          key={revision}
          user={{ id, role, revision }}
          fixed={whyRoleIsFixed({ isSelf, mayChange, persona, provider, user })}
        />
      </Part>
      <Part id="accounts" title="Accounts">
        <VisibilityPart
          key={revision}
          user={{ id, revision, seesAllAccounts: user.seesAllAccounts, accountIds: user.accountIds }}
          accounts={accounts}
          fixed={
            isSelf
              ? "Which accounts you see is for another administrator to choose."
              : mayChange
                ? null
                : whyNobodyChanges(user)
          }
        />
      </Part>
      {persona || isErased(user) ? null : (
        <Part id="sign-in" title="How they come in">
          <SignInPart
            user={{ id, name, state, hasPassword, link }}
            provider={provider}
            mayChange={mayChange}
            now={now}
          />
        </Part>
      )}
      <Part id="sessions" title="Sessions">
        {sessions.length > 0 ? (
          <>
            <SessionList
              label="Sessions"
              sessions={sessions
                .slice(0, mostSessions)
                .map((session) => viewSession(session, currentSessionId))}
              now={now}
            />
            {sessions.length > mostSessions ? (
              <Nothing>
                {`The ${mostSessions} last used of ${sessions.length.toLocaleString("en")}; disabling ends all of them.`}
              </Nothing>
            ) : null}
          </>
        ) : (
          <Nothing>They are signed in nowhere.</Nothing>
        )}
      </Part>
      <Part id="tokens" title="API tokens">
        {tokens.length > 0 ? (
          <>
            {state === "disabled" ? (
              <Nothing>All of them are refused as long as they are disabled.</Nothing>
            ) : null}
            <TokenList label="API tokens" tokens={tokens} now={now} />
          </>
        ) : (
          <Nothing>They have no token that counts.</Nothing>
        )}
      </Part>
      {history && history.length > 0 ? (
        <Part id="history" title="History">
          <History entries={history} now={now} say={sayUserEntry} />
        </Part>
      ) : null}
      {history ? (
        <Part id="acts" title="What they did">
          <ObjectHistory kind="actor" id={id} now={now} />
        </Part>
      ) : null}
      {mayErase ? (
        <Part id="erase" title="Erase">
          <ErasePart user={{ id, name }} />
        </Part>
      ) : null}
    </div>
  );
}

/** More are a program's that signs in anew each time. */
const mostSessions = 20;

function whyRoleIsFixed(given: {
  isSelf: boolean;
  mayChange: boolean;
  persona: boolean;
  provider: string | null;
  user: UserDetail;
}): string | null {
  if (given.persona) return "The people of the sandbox keep the roles that its story gives them.";
  if (given.isSelf) return "Your own role is for another administrator to change.";
  if (given.provider)
    return `${given.provider} says which role they have, each time they sign in. Change it there.`;
  return given.mayChange ? null : whyNobodyChanges(given.user);
}

const whyNobodyChanges = (user: UserDetail): string =>
  isErased(user)
    ? "This person was erased. What they did stays, under nobody’s name."
    : "You see only some accounts, so people are for another administrator to change.";

function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-14 text-ink-soft">{children}</p>;
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-3 text-16">
        {title}
      </h2>
      {children}
    </section>
  );
}
