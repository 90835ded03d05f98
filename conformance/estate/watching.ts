import {
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  type RecordingGroup,
  StartConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { CreateDetectorCommand } from "@aws-sdk/client-guardduty";
import { CreateKeyCommand, EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import { EnableSecurityHubCommand } from "@aws-sdk/client-securityhub";
import { made, type Site } from "./site.ts";

/** Keys, and what watches over the account: AWS Config, GuardDuty, Security Hub, and a trail that sees little. */
export async function makeWatching(site: Site): Promise<void> {
  await makeKeys(site);
  await record(site, "eu-west-1", { allSupported: true, includeGlobalResourceTypes: true }, true);
  await record(site, "eu-central-1", { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] }, true);
  await site.clients("eu-west-1").guardduty.send(new CreateDetectorCommand({ Enable: true }));
  await site.clients("eu-central-1").guardduty.send(new CreateDetectorCommand({ Enable: false }));
  await site.clients("eu-west-1").securityhub.send(new EnableSecurityHubCommand({}));
  const { cloudtrail } = site.clients();
  const { TrailARN } = await cloudtrail.send(
    new CreateTrailCommand({ Name: "local-trail", S3BucketName: `guarded-${site.account}` }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: "local-trail" }));
  site.name("local-trail", made(TrailARN, "trail"));
}

async function makeKeys(site: Site): Promise<void> {
  const { kms } = site.clients();
  const create = async (name: string, input = {}) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: name, ...input }));
    site.name(name, made(KeyMetadata?.Arn, "key"));
    return KeyMetadata?.KeyId;
  };
  await kms.send(new EnableKeyRotationCommand({ KeyId: await create("key-rotated") }));
  await create("key-not-rotated");
  await create("key-on-request", { KeySpec: "SYMMETRIC_DEFAULT", KeyUsage: "ENCRYPT_DECRYPT" });
  await create("key-asymmetric", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
}

async function record(site: Site, region: string, recordingGroup: RecordingGroup, start: boolean) {
  const { configService } = site.clients(region);
  const roleARN = `arn:aws:iam::${site.account}:role/config`;
  await configService.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: { name: "default", roleARN, recordingGroup },
    }),
  );
  await configService.send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: { name: "default", s3BucketName: `guarded-${site.account}` },
    }),
  );
  if (start) {
    await configService.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }));
  }
}

/** A trail that sees everything, S3 objects included. */
export async function makeGoodTrail(site: Site): Promise<void> {
  const { cloudtrail, kms } = site.clients();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "trail" }));
  const { TrailARN } = await cloudtrail.send(
    new CreateTrailCommand({
      Name: "good-trail",
      S3BucketName: `shared-${site.account}`,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KmsKeyId: made(KeyMetadata?.Arn, "key"),
    }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: "good-trail" }));
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: "good-trail",
      EventSelectors: [
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
        },
      ],
    }),
  );
  site.name("good-trail", made(TrailARN, "trail"));
}
