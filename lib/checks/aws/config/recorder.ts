import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { ConfigRecorder } from "#lib/inventory/aws/config.kinds.ts";

export const recorder = defineCheck({
  id: "aws.config.recorder",
  title: "AWS Config records every resource type",
  severity: "medium",
  resource: "aws.config.region",
  permissions: ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
  risk: "Without the recorder there is no history of who changed which resource to what. After an incident, that history is what tells damage from normal work.",
  remediation: {
    text: "Turn on the configuration recorder in every region, for all resource types.",
    url: "https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html",
    console: [
      "Open AWS Config in region {region}; Set up, or Settings, Edit.",
      "Recording strategy: All resource types with customizable overrides, without exclusions.",
      "Choose role and bucket, then Save, and Start recording.",
    ],
    cli: "aws configservice put-configuration-recorder --region {region} --configuration-recorder name=default,roleARN=ROLE_ARN --recording-group allSupported=true && aws configservice start-configuration-recorder --region {region} --configuration-recorder-name default",
    terraform: `resource "aws_config_configuration_recorder" "this" {
  role_arn = aws_iam_role.config.arn
  recording_group { all_supported = true }
}
resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true
}`,
  },
  evaluate: ({ recorders, recorderStatus }) => {
    if (recorders?.length === 0 || recorderStatus?.length === 0)
      return fail("AWS Config has no recorder in this region.", recorders ? "/recorders" : "/recorderStatus");
    const partial = recorders?.findIndex(({ strategy }) => strategy !== "ALL_SUPPORTED_RESOURCE_TYPES") ?? -1;
    if (partial >= 0) return fail(describeSelection(recorders?.[partial]), `/recorders/${partial}`);
    const stopped = recorderStatus?.findIndex(({ isRecording }) => !isRecording) ?? -1;
    if (stopped >= 0) return fail("The recorder is stopped.", `/recorderStatus/${stopped}/isRecording`);
    const failing =
      recorderStatus?.findIndex(({ lastStatus }) => lastStatus?.toLowerCase() === "failure") ?? -1;
    if (failing >= 0)
      return fail("The recorder's last delivery failed.", `/recorderStatus/${failing}/lastStatus`);
    if (!recorders) return unknown("configuration recorders");
    return recorderStatus ? pass() : unknown("recorder status");
  },
});

function describeSelection(recorder: ConfigRecorder | undefined): string {
  const { strategy, includedTypes = [], excludedTypes = [] } = recorder ?? {};
  if (strategy === "EXCLUSION_BY_RESOURCE_TYPES")
    return `The recorder leaves out ${count(excludedTypes)}, such as ${excludedTypes[0] ?? "none named"}.`;
  return `The recorder records ${count(includedTypes)} alone.`;
}

const count = (types: string[]) => `${types.length} resource ${types.length === 1 ? "type" : "types"}`;
