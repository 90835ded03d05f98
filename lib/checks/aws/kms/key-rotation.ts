import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const keyRotation = defineCheck({
  id: "aws.kms.key-rotation",
  title: "Customer key rotates every year",
  severity: "medium",
  resource: "aws.kms.key",
  permissions: ["kms:DescribeKey", "kms:GetKeyRotationStatus"],
  risk: "The longer one key encrypts everything, the more is lost when it leaks. Rotation limits that, and changes nothing for those who use the key.",
  remediation: {
    text: "Turn on automatic rotation; KMS keeps the older key material for decrypting.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    console: [
      "Open the key under Customer managed keys in the KMS console.",
      "Key rotation, Automatic key rotation, Edit.",
      "Enable, then Save.",
    ],
    cli: "aws kms enable-key-rotation --region {region} --key-id {id}",
    terraform: `resource "aws_kms_key" "this" {
  # …
  enable_key_rotation = true
}`,
  },
  evaluate: ({ details, rotation }) => {
    if (rotation?.enabled) return pass();
    if (!details) return unknown("key details");
    // KMS rotates only keys of the customer's that are symmetric, made by KMS and in use; others have no such setting.
    const canRotate =
      details.managedBy === "customer" &&
      details.spec === "SYMMETRIC_DEFAULT" &&
      details.origin === "AWS_KMS" &&
      details.state === "Enabled";
    if (!canRotate) return pass();
    return rotation ? fail("Automatic rotation is off.", "/rotation/enabled") : unknown("rotation status");
  },
});
