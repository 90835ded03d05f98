import { GetEbsDefaultKmsKeyIdCommand, GetEbsEncryptionByDefaultCommand } from "@aws-sdk/client-ec2";
import { readAndUnread, required } from "../answers.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector } from "./collector.ts";

/** Reads what EC2 holds for the account in one region. */
export const ec2Region: AwsCollector<"aws.ec2.region"> = {
  kind: "aws.ec2.region",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:GetEbsEncryptionByDefault", "ec2:GetEbsDefaultKmsKeyId"],
  async *collect({ account, partition, region, clients, signal, read }) {
    const uid = accountSettingsUid(partition, "ec2", region, account);
    const [ebsEncryptionByDefault, ebsDefaultKmsKeyId] = await Promise.all([
      read(uid, "ec2:GetEbsEncryptionByDefault", async () => {
        const answer = await clients.ec2.send(new GetEbsEncryptionByDefaultCommand({}), {
          abortSignal: signal,
        });
        return required(answer.EbsEncryptionByDefault, "EbsEncryptionByDefault");
      }),
      read(uid, "ec2:GetEbsDefaultKmsKeyId", async () => {
        const answer = await clients.ec2.send(new GetEbsDefaultKmsKeyIdCommand({}), { abortSignal: signal });
        return answer.KmsKeyId ?? null;
      }),
    ]);
    const facets = readAndUnread({
      ebsEncryptionByDefault: ebsEncryptionByDefault ?? undefined,
      ebsDefaultKmsKeyId,
    });
    const where = { account, region, name: region };
    yield { uid, kind: "aws.ec2.region", ...where, tags: {}, config: facets.read, unread: facets.unread };
  },
};
