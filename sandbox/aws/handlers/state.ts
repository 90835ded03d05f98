import { type AwsAccount, AwsError, type AwsEstate, type Call } from "../model.ts";

/** The account a call acts on. */
export function findAccount(call: Pick<Call, "estate" | "account">): AwsAccount {
  const account = call.estate.accounts.get(call.account);
  if (!account) {
    throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
  }
  return account;
}

/** Declares a service's state of one account and region; it comes into being, empty, when first asked for. */
export function regionalState<T>(service: string, create: (account: AwsAccount, region: string) => T) {
  return (account: AwsAccount, region: string): T => {
    let regions = account.state.get(service) as Map<string, T> | undefined;
    if (!regions) {
      regions = new Map();
      account.state.set(service, regions);
    }
    let state = regions.get(region);
    if (state === undefined) {
      state = create(account, region);
      regions.set(region, state);
    }
    return state;
  };
}

/** Declares a service's state of one account, for services without regions. */
export function accountState<T>(service: string, create: (account: AwsAccount) => T) {
  const inRegion = regionalState(service, create);
  return (account: AwsAccount): T => inRegion(account, "global");
}

/** A long-lived key that may sign for a principal of the estate. */
export function addCredential(
  estate: AwsEstate,
  key: { accessKeyId: string; secretAccessKey: string; account: string; arn: string },
): void {
  estate.credentials.set(key.accessKeyId, {
    secretAccessKey: key.secretAccessKey,
    principal: { account: key.account, arn: key.arn, accessKeyId: key.accessKeyId },
  });
}
