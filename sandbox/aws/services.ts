import * as ec2Sdk from "@aws-sdk/client-ec2";
import * as s3Sdk from "@aws-sdk/client-s3";
import * as s3ControlSdk from "@aws-sdk/client-s3-control";
import { accountHandlers } from "./handlers/ec2/account.ts";
import { flowLogHandlers } from "./handlers/ec2/flow-logs.ts";
import { instanceHandlers } from "./handlers/ec2/instances.ts";
import { networkHandlers } from "./handlers/ec2/network.ts";
import { networkAclHandlers } from "./handlers/ec2/network-acls.ts";
import { securityGroupRuleHandlers } from "./handlers/ec2/security-group-rules.ts";
import { securityGroupHandlers } from "./handlers/ec2/security-groups.ts";
import { snapshotHandlers } from "./handlers/ec2/snapshots.ts";
import { volumeHandlers } from "./handlers/ec2/volumes.ts";
import { honourDryRun, refuseDisabledRegions } from "./handlers/region-guard.ts";
import { accessHandlers } from "./handlers/s3/access.ts";
import { bucketHandlers } from "./handlers/s3/buckets.ts";
import { objectHandlers } from "./handlers/s3/objects.ts";
import { settingHandlers } from "./handlers/s3/settings.ts";
import { s3ControlHandlers } from "./handlers/s3control.ts";
import { stsService } from "./handlers/sts.ts";
import type { Service } from "./model.ts";

const ofEc2 = (handlers: Service["handlers"]) =>
  refuseDisabledRegions(honourDryRun(handlers), "AuthFailure", 401);

/** Every service of the sandbox. Several may share a signing name, as S3 and S3 Control do. */
export const services: readonly Service[] = [
  stsService,
  {
    sdk: s3Sdk,
    signingName: "s3",
    handlers: { ...bucketHandlers, ...accessHandlers, ...settingHandlers, ...objectHandlers },
  },
  { sdk: s3ControlSdk, signingName: "s3", handlers: s3ControlHandlers },
  {
    sdk: ec2Sdk,
    signingName: "ec2",
    handlers: ofEc2({
      ...accountHandlers,
      ...networkHandlers,
      ...networkAclHandlers,
      ...flowLogHandlers,
      ...securityGroupHandlers,
      ...securityGroupRuleHandlers,
      ...instanceHandlers,
      ...volumeHandlers,
      ...snapshotHandlers,
    }),
  },
];
