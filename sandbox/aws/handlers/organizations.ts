import type { Account } from "@aws-sdk/client-organizations";
import { AwsError, type AwsEstate, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount } from "./state.ts";

/** An organisation, as its management account and its delegated administrators may see it. */
export type OrganisationState = {
  id: string;
  managementAccount: string;
  managementEmail: string;
  /** Accounts beside the management account that may list the members. */
  administrators: string[];
  accounts: Account[];
};

/** Makes an organisation of accounts; each account of the estate that is a member of it sees it. */
export function addOrganisationTo(estate: AwsEstate, organisation: OrganisationState): void {
  for (const { Id } of organisation.accounts) {
    estate.accounts.get(Id ?? "")?.state.set("organizations", organisation);
  }
}

/** Organizations answers with no more than this at once. */
const largestPage = 20;

export const organizationsHandlers = {
  DescribeOrganization: (_input, call) => {
    const { id, managementAccount, managementEmail } = organisationOf(call);
    return {
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${managementAccount}:organization/${id}`,
        FeatureSet: "ALL",
        MasterAccountArn: `arn:aws:organizations::${managementAccount}:account/${id}/${managementAccount}`,
        MasterAccountId: managementAccount,
        MasterAccountEmail: managementEmail,
      },
    };
  },
  ListAccounts: (input, call) => {
    const organisation = organisationOf(call);
    if (![organisation.managementAccount, ...organisation.administrators].includes(call.account)) {
      throw new AwsError("AccessDeniedException", "You don't have permissions to access this resource.", 400);
    }
    const page = takePage(organisation.accounts, {
      token: input.NextToken,
      max: Math.min(input.MaxResults ?? largestPage, largestPage),
      key: (account) => account.Id ?? "",
      badToken: "InvalidInputException",
    });
    return { Accounts: page.items, ...(page.next === undefined ? {} : { NextToken: page.next }) };
  },
} satisfies Operations<typeof import("@aws-sdk/client-organizations")>;

function organisationOf(call: Call): OrganisationState {
  const found = findAccount(call).state.get("organizations") as OrganisationState | undefined;
  if (found) return found;
  throw new AwsError(
    "AWSOrganizationsNotInUseException",
    "Your account is not a member of an organization.",
    400,
  );
}
