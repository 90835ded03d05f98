import type { Account } from "@aws-sdk/client-organizations";
import { addOrganisationTo } from "#sandbox/aws/handlers/organizations.ts";
import type { AwsEstate } from "#sandbox/aws/model.ts";
import { acmeAccounts, acmeHub } from "./company.ts";

const organisationId = "o-acme5f1c2d";
const managementAccount = "999900001111";

/** Accounts that nobody has given Parapet a role in: the one that pays, one that is quite new, one that was shut down. */
const others: { id: string; name: string; state: "ACTIVE" | "SUSPENDED"; joined: string }[] = [
  { id: managementAccount, name: "Acme Management", state: "ACTIVE", joined: "2019-03-04T09:12:00Z" },
  { id: "222211110000", name: "Acme Loyalty Pilot", state: "ACTIVE", joined: "2025-10-20T13:45:00Z" },
  { id: "333322221111", name: "Acme Legacy Shop", state: "SUSPENDED", joined: "2019-06-18T08:30:00Z" },
];

/** Acme's AWS organisation, which security tooling administers on the management account's behalf. */
export function addOrganisation(estate: AwsEstate): void {
  const known = acmeAccounts.map(({ id, name }) => ({
    ...{ id, name, state: "ACTIVE" as const },
    joined: "2020-02-11T10:00:00Z",
  }));
  addOrganisationTo(estate, {
    id: organisationId,
    managementAccount,
    managementEmail: "aws@acme.example",
    administrators: [acmeHub.account],
    accounts: [...known, ...others].map(
      ({ id, name, state, joined }): Account => ({
        Id: id,
        Arn: `arn:aws:organizations::${managementAccount}:account/${organisationId}/${id}`,
        Email: `aws+${name.toLowerCase().replaceAll(" ", "-")}@acme.example`,
        Name: name,
        Status: state,
        State: state,
        JoinedMethod: "CREATED",
        JoinedTimestamp: new Date(joined),
      }),
    ),
  });
}
