import type { DescribeHubResponse, StandardsSubscription } from "@aws-sdk/client-securityhub";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount, regionalState } from "./state.ts";

export type HubState = { hub: DescribeHubResponse; standards: StandardsSubscription[] };

/** Security Hub in one region; `null` where it is off. */
export const securityHubState = regionalState("securityhub", () => ({ on: null as HubState | null }));

const securityHub = (call: Call) => securityHubState(findAccount(call), call.region);

export const securityHubHandlers = {
  DescribeHub: (input, call) => {
    const { hub } = findHub(call);
    if (input.HubArn && input.HubArn !== hub.HubArn) {
      throw new AwsError("ResourceNotFoundException", `No hub was found with ARN ${input.HubArn}.`, 404);
    }
    return hub;
  },
  EnableSecurityHub: (input, call) => {
    const state = securityHub(call);
    if (state.on) {
      throw new AwsError("ResourceConflictException", "Account is already subscribed to Security Hub", 409);
    }
    state.on = newHub(call, call.now, input.EnableDefaultStandards ?? true);
    if (input.ControlFindingGenerator) state.on.hub.ControlFindingGenerator = input.ControlFindingGenerator;
    return {};
  },
  DisableSecurityHub: (_input, call) => {
    findHub(call);
    securityHub(call).on = null;
    return {};
  },
  GetEnabledStandards: (input, call) => {
    const wanted = input.StandardsSubscriptionArns;
    const chosen = findHub(call).standards.filter(
      ({ StandardsSubscriptionArn: arn }) => !wanted || (arn && wanted.includes(arn)),
    );
    const page = takePage(chosen, {
      token: input.NextToken,
      max: input.MaxResults,
      key: (standard) => standard.StandardsSubscriptionArn ?? "",
      badToken: "InvalidInputException",
    });
    return { StandardsSubscriptions: page.items, NextToken: page.next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-securityhub")>;

/** The standards that Security Hub starts with unless told otherwise: their paths, and where their ARNs lie. */
const defaultStandards = [
  {
    path: "aws-foundational-security-best-practices/v/1.0.0",
    arn: (region: string) => `${region}::standards`,
  },
  { path: "cis-aws-foundations-benchmark/v/1.2.0", arn: () => "::ruleset" },
];

export function newHub(
  { account, region }: { account: string; region: string },
  subscribedAt: Date,
  withStandards: boolean,
): HubState {
  return {
    hub: {
      HubArn: `arn:aws:securityhub:${region}:${account}:hub/default`,
      SubscribedAt: subscribedAt.toISOString(),
      AutoEnableControls: true,
      ControlFindingGenerator: "SECURITY_CONTROL",
    },
    standards: (withStandards ? defaultStandards : []).map(({ path, arn }) => ({
      StandardsSubscriptionArn: `arn:aws:securityhub:${region}:${account}:subscription/${path}`,
      StandardsArn: `arn:aws:securityhub:${arn(region)}/${path}`,
      StandardsInput: {},
      StandardsStatus: "READY",
      StandardsControlsUpdatable: "READY_FOR_UPDATES",
    })),
  };
}

/** What Security Hub answers where it is off. */
function findHub(call: Call): HubState {
  const { on } = securityHub(call);
  if (on) return on;
  const message = `Account ${call.account} is not subscribed to AWS Security Hub`;
  throw new AwsError("InvalidAccessException", message, 401);
}
