import { DescribeTrailsCommand, type Trail } from "@aws-sdk/client-cloudtrail";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation, type OperationContext, type OperationPlan } from "../operation.ts";

/*
 * Each setting of a trail is an operation with a state of its own, so that several can be planned for one trail, one after
 * the other, without one's change being another's drift.
 */

const common = {
  cloud: "aws",
  kinds: ["aws.cloudtrail.trail"],
  reads: ["cloudtrail:DescribeTrails"],
  calls: ["aws.cloudtrail.UpdateTrail"],
} as const;

type Coverage = { IsMultiRegionTrail: boolean; IncludeGlobalServiceEvents: boolean };

export const coverAllRegions = defineOperation<"aws", Coverage, Record<string, never>>({
  ...common,
  id: "aws.cloudtrail.cover-all-regions",
  title: "Have the trail cover every region",
  parameters: z.object({}),
  async read(access, context) {
    const trail = await readTrail(access, context);
    return (
      trail && {
        IsMultiRegionTrail: trail.IsMultiRegionTrail ?? false,
        IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents ?? false,
      }
    );
  },
  plan: (state, _parameters, target) =>
    change(target, state.IsMultiRegionTrail ? "The trail covers every region already." : null, {
      // CloudTrail takes the one only with the other.
      after: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true },
      notes: ["Events of all regions go to the trail's bucket from then on; its storage is billed."],
    }),
  wayBack: (before, _present, target) => ({ calls: [update(target, before)] }),
});

type Validation = { EnableLogFileValidation: boolean };

export const validateLogFiles = defineOperation<"aws", Validation, Record<string, never>>({
  ...common,
  id: "aws.cloudtrail.validate-log-files",
  title: "Have the trail sign its log files",
  parameters: z.object({}),
  async read(access, context) {
    const trail = await readTrail(access, context);
    return trail && { EnableLogFileValidation: trail.LogFileValidationEnabled ?? false };
  },
  plan: (state, _parameters, target) =>
    change(target, state.EnableLogFileValidation ? "The trail signs its log files already." : null, {
      after: { EnableLogFileValidation: true },
    }),
  wayBack: (before, _present, target) => ({ calls: [update(target, before)] }),
});

/** Empty: S3 alone encrypts. */
type Encryption = { KmsKeyId: string };
const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    "A key's ARN such as arn:aws:kms:eu-west-1:111122223333:key/….",
  );

export const encryptTrail = defineOperation<"aws", Encryption, { keyArn?: string | null }>({
  ...common,
  id: "aws.cloudtrail.encrypt-trail",
  title: "Encrypt the trail's log files with a key of your own",
  parameters: z.object({ keyArn: keyArn.nullish() }),
  async read(access, context) {
    const trail = await readTrail(access, context);
    return trail && { KmsKeyId: trail.KmsKeyId ?? "" };
  },
  plan(state, parameters, target) {
    if (state.KmsKeyId) return { outcome: "nothing", reason: "The trail has a key already." };
    const { keyArn: key } = parameters;
    if (!key) return { outcome: "refused", reason: "Name the key that the trail is to encrypt with." };
    if (key.split(":")[3] !== target.region) {
      return { outcome: "refused", reason: `The key must be in the trail's region, ${target.region}.` };
    }
    return change(target, null, {
      after: { KmsKeyId: key },
      notes: [
        "Whoever reads the log files needs the right to decrypt with the key, too. If the key's policy doesn't let CloudTrail encrypt, the change is refused.",
      ],
    });
  },
  wayBack: (before, _present, target) => ({ calls: [update(target, before)] }),
});

/** The trail in its home region. */
async function readTrail(access: AwsAccess, { target, signal }: OperationContext): Promise<Trail | null> {
  const command = new DescribeTrailsCommand({ trailNameList: [target.uid], includeShadowTrails: false });
  const { trailList = [] } = await access
    .clients(target.region)
    .cloudtrail.send(command, { abortSignal: signal });
  return trailList.find(({ TrailARN }) => TrailARN === target.uid) ?? null;
}

function change<State>(
  target: Target,
  already: string | null,
  { after, notes = [] }: { after: State & Record<string, string | boolean>; notes?: string[] },
): OperationPlan<State> {
  if (already) return { outcome: "nothing", reason: already };
  if (target.uid.split(":")[4] !== target.account) {
    return {
      outcome: "refused",
      reason: "The trail is the organization's: it can be changed in the management account alone.",
    };
  }
  return { outcome: "change", after, calls: [update(target, after)], notes };
}

const update = (target: Target, settings: Record<string, string | boolean>): PlannedCall => ({
  id: "update",
  api: "aws.cloudtrail.UpdateTrail",
  input: { Name: target.uid, ...settings },
});
