import { openAwsSession } from "./aws/session.ts";
import { openAzureSession } from "./azure/session.ts";
import { openGcpSession } from "./gcp/session.ts";
import type { CloudSession, ReachableAccount } from "./session.ts";

/** Opens the way into an account of any cloud. */
export function openSession(account: ReachableAccount): CloudSession {
  switch (account.cloud) {
    case "aws":
      return openAwsSession(account);
    case "azure":
      return openAzureSession(account);
    case "gcp":
      return openGcpSession(account);
  }
}
