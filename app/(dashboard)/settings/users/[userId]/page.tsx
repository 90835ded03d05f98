import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { listTokens } from "#db/api/queries.ts";
import { listHistory } from "#db/audit/queries.ts";
import { database } from "#db/client.ts";
import { listSessions } from "#db/identity/queries.ts";
import { getUser, type UserDetail } from "#db/identity/user-queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireSession } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { isErased } from "#lib/users/erased.ts";
import { readAccountChoices } from "../read-account-choices.ts";
import { UserBody } from "./_components/user-body.tsx";
import { UserHead } from "./_components/user-head.tsx";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const [{ scope, session }, { userId }] = [await requireSession(), await params];
  await requireOnPage(scope, "users:manage");
  const { db } = database();
  const user = await readUser(scope, userId);
  const [accounts, sessions, tokens, history] = await Promise.all([
    readAccountChoices(scope),
    listSessions(db, scope, { userId: user.id }),
    listTokens(db, scope, { userId: user.id }),
    scope.can("audit:read") && scope.accountIds === null
      ? listHistory(db, scope, { kind: "user", id: user.id })
      : null,
  ]);
  const { oidc } = env();
  const isSelf = user.id === session.user.id;
  const mayChange = scope.accountIds === null && !isErased(user);
  const facts = {
    isSelf,
    mayChange,
    /** What the identity provider in use is called, when it is the one that knows them. */
    provider: oidc && user.issuers.includes(oidc.issuer) ? oidc.name : null,
  };
  return (
    <div className="pb-20">
      <UserHead user={user} {...facts} />
      <UserBody
        user={user}
        {...facts}
        accounts={accounts}
        sessions={sessions}
        currentSessionId={session.id}
        tokens={tokens}
        history={history}
        mayErase={mayChange && !isSelf && !user.persona && scope.can("audit:erase")}
        now={new Date().toISOString()}
      />
    </div>
  );
}

async function readUser(scope: Scope, userId: string): Promise<UserDetail> {
  try {
    return await getUser(database().db, scope, userId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
