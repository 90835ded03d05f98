import { randomBytes } from "node:crypto";
import type { DetectorFeatureConfiguration, GetDetectorResponse } from "@aws-sdk/client-guardduty";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { findAccount, regionalState } from "./state.ts";

export type DetectorState = GetDetectorResponse & { id: string };

/** GuardDuty in one region, which has one detector at most. */
export const guardDutyState = regionalState("guardduty", () => ({ detector: null as DetectorState | null }));

const guardDuty = (call: Call) => guardDutyState(findAccount(call), call.region);

export const guardDutyHandlers = {
  ListDetectors: (_input, call) => {
    const { detector } = guardDuty(call);
    return { DetectorIds: detector ? [detector.id] : [] };
  },
  GetDetector: (input, call) => {
    const { id: _, ...detector } = findDetector(input.DetectorId, call);
    return detector;
  },
  CreateDetector: (input, call) => {
    const state = guardDuty(call);
    if (state.detector) {
      throw badRequest("a detector already exists for the current account.");
    }
    state.detector = newDetector(randomBytes(16).toString("hex"), call.account, call.now, {
      isEnabled: input.Enable ?? false,
      tags: input.Tags ?? {},
      features: input.Features ?? [],
    });
    return { DetectorId: state.detector.id };
  },
  UpdateDetector: (input, call) => {
    const detector = findDetector(input.DetectorId, call);
    if (input.Enable !== undefined) detector.Status = input.Enable ? "ENABLED" : "DISABLED";
    if (input.FindingPublishingFrequency) {
      detector.FindingPublishingFrequency = input.FindingPublishingFrequency;
    }
    const given = input.Features ?? [];
    detector.Features = detector.Features?.map((feature) => ({
      ...feature,
      Status: given.find((one) => one.Name === feature.Name)?.Status ?? feature.Status,
    }));
    detector.UpdatedAt = call.now.toISOString();
    return {};
  },
  DeleteDetector: (input, call) => {
    findDetector(input.DetectorId, call);
    guardDuty(call).detector = null;
    return {};
  },
  ListTagsForResource: (input, call) => ({
    Tags: findDetector(input.ResourceArn?.split("/").at(-1), call).Tags ?? {},
  }),
} satisfies Operations<typeof import("@aws-sdk/client-guardduty")>;

/** Features that every detector has and can't be without. */
const foundational = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"] as const;
const optional = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
] as const;

type DetectorOptions = {
  isEnabled: boolean;
  tags: Record<string, string>;
  features: DetectorFeatureConfiguration[];
};

export function newDetector(
  id: string,
  account: string,
  createdAt: Date,
  options: DetectorOptions,
): DetectorState {
  return {
    id,
    CreatedAt: createdAt.toISOString(),
    UpdatedAt: createdAt.toISOString(),
    ServiceRole: `arn:aws:iam::${account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
    Status: options.isEnabled ? "ENABLED" : "DISABLED",
    FindingPublishingFrequency: "SIX_HOURS",
    Tags: options.tags,
    Features: [
      ...foundational.map((Name) => ({ Name, Status: "ENABLED" as const, UpdatedAt: createdAt })),
      ...optional.map((Name) => ({
        Name,
        Status: options.features.find((one) => one.Name === Name)?.Status ?? ("DISABLED" as const),
        UpdatedAt: createdAt,
      })),
    ],
  };
}

function findDetector(id: string | undefined, call: Call): DetectorState {
  const { detector } = guardDuty(call);
  if (detector && detector.id === id) return detector;
  throw badRequest("the input detectorId is not owned by the current account.");
}

function badRequest(reason: string): AwsError {
  return new AwsError("BadRequestException", `The request is rejected because ${reason}`, 400);
}
