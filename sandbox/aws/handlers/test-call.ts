import type { AwsEstate, Call } from "../model.ts";

const accountId = "123456789012";

/** An estate with one empty account, and calls that its administrator makes in a region. */
export function createTestAccount(): { estate: AwsEstate; callIn: (region: string, now?: Date) => Call } {
  const estate: AwsEstate = {
    credentials: new Map(),
    accounts: new Map([
      [
        accountId,
        {
          id: accountId,
          name: "Test",
          partition: "aws",
          regions: ["eu-west-1", "us-east-1"],
          disabledRegions: ["ap-east-1"],
          state: new Map(),
        },
      ],
    ]),
  };
  const principal = {
    account: accountId,
    arn: `arn:aws:iam::${accountId}:user/admin`,
    accessKeyId: "AKIATEST000000000001",
  };
  const callIn = (region: string, now = new Date("2026-01-31T12:00:00Z")): Call => ({
    principal,
    account: accountId,
    region,
    estate,
    now,
    denies: () => false,
  });
  return { estate, callIn };
}
