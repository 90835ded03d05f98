import { expect, it } from "vitest";
import { securityHubRegion } from "./securityhub.ts";
import { type AwsAnswer, account, collect, failure } from "./test-answers.ts";

const path = "GET /accounts";
const resource = {
  uid: `arn:aws:securityhub:eu-west-1:${account}:account-settings`,
  kind: "aws.securityhub.region",
  account,
  region: "eu-west-1",
  name: "eu-west-1",
  tags: {},
};

/** Security Hub's own shape of an error. */
const refusal = (Code: string, Message: string, status: number): AwsAnswer => ({
  status,
  body: JSON.stringify({ Message, Code }),
  headers: { "x-amzn-errortype": Code },
});

it("is on, with its hub", async () => {
  const arn = `arn:aws:securityhub:eu-west-1:${account}:hub/default`;
  const read = await collect(securityHubRegion, {
    [path]: JSON.stringify({
      HubArn: arn,
      SubscribedAt: "2019-11-19T23:15:10.046Z",
      AutoEnableControls: true,
      ControlFindingGenerator: "SECURITY_CONTROL",
    }),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  const hub = { arn, subscribedAt: "2019-11-19T23:15:10.046Z", autoEnableControls: true };
  expect(read.resources).toEqual([{ ...resource, config: { hub }, unread: [] }]);
});

it("is off when the account is not subscribed, which is no refusal", async () => {
  const message = `Account ${account} is not subscribed to AWS Security Hub`;
  const read = await collect(securityHubRegion, { [path]: refusal("InvalidAccessException", message, 401) });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([{ ...resource, config: { hub: null }, unread: [] }]);
});

it("is absent, not off, when refused, for whatever reason, or answered without its hub", async () => {
  const cases = [
    [failure("AccessDeniedException", 403), "denied"],
    [refusal("InvalidAccessException", "Account does not have permission for this action.", 401), "denied"],
    [refusal("AccessDeniedException", "User is not subscribed to the policy.", 403), "denied"],
    ["{}", "malformed"],
  ] as const;
  for (const [answer, code] of cases) {
    const read = await collect(securityHubRegion, { [path]: answer });
    expect(read.resources).toEqual([{ ...resource, config: {}, unread: ["hub"] }]);
    expect(read.gaps).toMatchObject([
      { operation: "securityhub:DescribeHub", resourceUid: resource.uid, code },
    ]);
  }
});
