import type { AdvancedFieldSelector, CloudTrailKinds } from "#lib/inventory/aws/cloudtrail.kinds.ts";

export type EventSelectors = NonNullable<CloudTrailKinds["aws.cloudtrail.trail"]["eventSelectors"]>;

/** Both reads and writes. A trail that was never given selectors records all management events. */
export function recordsManagementEvents({ basic, advanced }: EventSelectors): boolean {
  if (!basic.length && !advanced.length) return true;
  if (basic.some((one) => one.includeManagementEvents && one.readWriteType === "All")) return true;
  const selected = advanced.filter(
    ({ fields }) => equals(fields, "eventCategory", "Management") && fields.every(isUsual),
  );
  return recordsBoth(selected);
}

/** Leaving out single event sources, such as the many calls to KMS, is usual; naming the ones to record is not. */
function isUsual({ field, equals: values, startsWith, endsWith }: AdvancedFieldSelector): boolean {
  if (field === "eventSource") return !values.length && !startsWith.length && !endsWith.length;
  return field === "eventCategory" || field === "readOnly";
}

/** Object-level events of all buckets. */
export function recordsS3Objects({ basic, advanced }: EventSelectors, access: "read" | "write"): boolean {
  const typeOnly = access === "read" ? "ReadOnly" : "WriteOnly";
  const inBasic = basic.some(
    ({ readWriteType, dataResources }) =>
      (readWriteType === "All" || readWriteType === typeOnly) &&
      dataResources.some(({ type, values }) => type === "AWS::S3::Object" && values.some(isEveryBucket)),
  );
  return (
    inBasic ||
    advanced.some(
      ({ fields }) =>
        equals(fields, "eventCategory", "Data") &&
        equals(fields, "resources.type", "AWS::S3::Object") &&
        recordsAccess(fields, access) &&
        fields.every(isWide),
    )
  );
}

const isEveryBucket = (arn: string) => /^arn:[^:]+:s3(:::)?$/.test(arn);

function isWide({ field, ...tests }: AdvancedFieldSelector): boolean {
  if (["eventCategory", "resources.type", "readOnly"].includes(field)) return true;
  return field === "resources.ARN" && tests.startsWith.some(isEveryBucket);
}

function equals(fields: AdvancedFieldSelector[], name: string, value: string): boolean {
  return fields.some(({ field, equals: values }) => field === name && values.includes(value));
}

function recordsAccess(fields: AdvancedFieldSelector[], access: "read" | "write"): boolean {
  const test = fields.find(({ field }) => field === "readOnly");
  return !test || test.equals.includes(access === "read" ? "true" : "false");
}

function recordsBoth(selectors: { fields: AdvancedFieldSelector[] }[]): boolean {
  return (["read", "write"] as const).every((access) =>
    selectors.some(({ fields }) => recordsAccess(fields, access)),
  );
}
