/**
 * The uid of what belongs to an account (in one region, or in all when `region` is empty) rather than to a resource:
 * AWS issues no ARN for it. It has an ARN's shape, so that it says where it belongs, and a resource part that no
 * service uses: `arn:aws:ec2:eu-west-1:111122223333:account-settings`, `arn:aws:s3::111122223333:account-settings`.
 */
export function accountSettingsUid(
  partition: string,
  service: "ec2" | "s3" | "config" | "guardduty" | "access-analyzer" | "securityhub",
  region: string,
  account: string,
): string {
  return `arn:${partition}:${service}:${region}:${account}:account-settings`;
}
