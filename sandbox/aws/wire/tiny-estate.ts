/** A small estate and services with chosen handlers, for the wire layer's own tests. */
import * as accessanalyzer from "@aws-sdk/client-accessanalyzer";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as configService from "@aws-sdk/client-config-service";
import * as ec2 from "@aws-sdk/client-ec2";
import * as efs from "@aws-sdk/client-efs";
import * as guardduty from "@aws-sdk/client-guardduty";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as rds from "@aws-sdk/client-rds";
import * as s3 from "@aws-sdk/client-s3";
import * as s3control from "@aws-sdk/client-s3-control";
import * as securityhub from "@aws-sdk/client-securityhub";
import type { AwsAccount, AwsEstate, Service } from "#sandbox/aws/model.ts";

export const production = "111122223333";
export const staging = "444455556666";

export const adminKey = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

export function buildTinyEstate(): AwsEstate {
  const account = (id: string, name: string): AwsAccount => ({
    id,
    name,
    partition: "aws",
    regions: ["us-east-1", "eu-west-1"],
    disabledRegions: ["ap-east-1"],
    state: new Map(),
  });
  return {
    credentials: new Map([
      [
        adminKey.accessKeyId,
        {
          secretAccessKey: adminKey.secretAccessKey,
          principal: {
            account: production,
            arn: `arn:aws:iam::${production}:user/admin`,
            accessKeyId: adminKey.accessKeyId,
          },
        },
      ],
    ]),
    accounts: new Map([
      [production, account(production, "production")],
      [staging, account(staging, "staging")],
    ]),
  };
}

const sdks = {
  accessanalyzer: [accessanalyzer, "access-analyzer"],
  cloudtrail: [cloudtrail, "cloudtrail"],
  config: [configService, "config"],
  ec2: [ec2, "ec2"],
  efs: [efs, "elasticfilesystem"],
  guardduty: [guardduty, "guardduty"],
  iam: [iam, "iam"],
  kms: [kms, "kms"],
  rds: [rds, "rds"],
  s3: [s3, "s3"],
  s3control: [s3control, "s3"],
  securityhub: [securityhub, "securityhub"],
} as const;

export type SdkName = keyof typeof sdks;
export const sdkNames = Object.keys(sdks) as SdkName[];

/** A handler that need not name its operation's types. */
export type LooseHandler = (input: Record<string, unknown>) => object | Promise<object>;

export function makeService(name: SdkName, handlers: Record<string, LooseHandler>): Service {
  const [sdk, signingName] = sdks[name];
  return { sdk: { ...sdk }, signingName, handlers: handlers as Service["handlers"] };
}
