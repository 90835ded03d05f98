import { DomainError } from "#lib/errors.ts";
import { openAwsSession } from "./aws/session.ts";
import type { CloudSession, ReachableAccount } from "./session.ts";

/** Opens the way into an account of any cloud. */
export function openSession(account: ReachableAccount): CloudSession {
  if (account.cloud === "aws") return openAwsSession(account);
  throw new DomainError("unavailable", `This version can't reach ${account.cloud} accounts.`);
}
