import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import { clientAddress, hostRefusal } from "./request-checks.ts";
import { browserAt, Scope } from "./scope.ts";
import { currentSession } from "./session.ts";

/*
 * For route handlers that take uploads. Next.js holds the body of every request that proxy.ts sees in memory, and cuts it
 * off at 10 MB; so its matcher leaves these paths out, and they do themselves what it does for the others.
 */

/** Refuses what names another host than the sandbox's, as proxy.ts does. */
export function refuseForeignHost(request: Request): void {
  const refusal = hostRefusal(request.headers.get("host"), env());
  if (refusal) throw new DomainError("forbidden", refusal);
}

/** As `requireScope`: what the signed-in user may see and do. */
export async function requireDirectScope(request: Request): Promise<Scope> {
  refuseForeignHost(request);
  const session = await currentSession();
  if (session) return Scope.ofUser(session.user, browserAt(clientAddress(request.headers)));
  throw new DomainError(
    "unauthenticated",
    "You are not signed in, or your session has ended. Sign in again.",
  );
}
