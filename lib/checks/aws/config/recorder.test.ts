import { testCheck } from "#lib/checks/test-check.ts";
import { recorder } from "./recorder.ts";

const all = {
  name: "default",
  strategy: "ALL_SUPPORTED_RESOURCE_TYPES",
  includesGlobalTypes: true,
  includedTypes: [],
  excludedTypes: [],
};
const running = { name: "default", isRecording: true, lastStatus: "Success" };

testCheck(recorder, {
  pass: [
    { config: { recorders: [all], recorderStatus: [running] } },
    { config: { recorders: [all], recorderStatus: [{ ...running, lastStatus: null }] } },
    {
      config: {
        recorders: [{ ...all, includesGlobalTypes: false }],
        recorderStatus: [running],
        deliveryChannels: [],
      },
    },
  ],
  fail: [
    [{ config: { recorders: [], recorderStatus: [] } }, "AWS Config has no recorder in this region."],
    [{ config: { recorders: [] } }, "AWS Config has no recorder in this region."],
    [{ config: { recorderStatus: [] } }, "AWS Config has no recorder in this region."],
    [
      { config: { recorders: [all], recorderStatus: [{ ...running, isRecording: false }] } },
      "The recorder is stopped.",
    ],
    [{ config: { recorderStatus: [{ ...running, isRecording: false }] } }, "The recorder is stopped."],
    [
      { config: { recorders: [all], recorderStatus: [{ ...running, lastStatus: "Failure" }] } },
      "The recorder's last delivery failed.",
    ],
    [
      {
        config: {
          recorders: [{ ...all, strategy: "INCLUSION_BY_RESOURCE_TYPES", includedTypes: ["AWS::EC2::VPC"] }],
          recorderStatus: [running],
        },
      },
      "The recorder records 1 resource type alone.",
    ],
    [
      {
        config: {
          recorders: [
            {
              ...all,
              strategy: "EXCLUSION_BY_RESOURCE_TYPES",
              excludedTypes: ["AWS::IAM::User", "AWS::IAM::Role"],
            },
          ],
        },
      },
      "The recorder leaves out 2 resource types, such as AWS::IAM::User.",
    ],
  ],
  unknown: [{ config: {} }, { config: { recorders: [all] } }, { config: { recorderStatus: [running] } }],
});
