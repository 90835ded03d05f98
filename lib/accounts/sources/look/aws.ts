import { type Account, paginateListAccounts } from "@aws-sdk/client-organizations";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { awsSession } from "#lib/clouds/aws/credentials.ts";
import { whoAmI } from "#lib/clouds/aws/identity.ts";
import { emulatorKeysOf } from "#lib/clouds/aws/session.ts";
import { listing, namingFailures, required } from "#lib/inventory/answers.ts";
import type { Look, Member } from "./look-for-members.ts";

/** The accounts of the AWS organisation, as its management account or a delegated administrator may list them. */
export const lookAtAws: Look<"aws"> = async (connection, _secrets, signal) => {
  const session = awsSession(connection, { sourceKeys: emulatorKeysOf(connection.endpointUrl) });
  try {
    const own = await namingFailures("sts:GetCallerIdentity", () => whoAmI(session, signal));
    const client = awsClients(session, "global").organizations;
    const pages = paginateListAccounts({ client }, {}, { abortSignal: signal });
    const members: Member[] = [];
    for await (const account of listing("organizations:ListAccounts", pages, (page) => page.Accounts)) {
      const member = memberOf(account);
      if (member) members.push(member);
    }
    return { own: own.account, members };
  } finally {
    session.close();
  }
};

/** `null` for an account that has been closed for good. */
function memberOf({ Id, Name, State, Status }: Account): Member | null {
  // AWS sends both until it takes Status away.
  const state = required(State ?? Status, "State");
  if (state === "CLOSED") return null;
  const externalId = required(Id, "Id");
  return {
    externalId,
    level: "account",
    name: Name || externalId,
    state: state === "ACTIVE" ? "active" : "suspended",
  };
}
