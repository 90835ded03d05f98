import { definePlaybook } from "../playbook.ts";

export const awsEbsEncryption = definePlaybook({
  id: "AWS-EBS-ENCRYPTION",
  title: "Encrypt EBS volumes",
  description:
    "For a region, has new volumes encrypted by default. For an existing volume, makes an encrypted copy by way of snapshots and, with consent, stops the instance, puts the copy in the volume's place and starts it again. The old volume is kept.",
  category: "encryption",
  clouds: ["aws"],
  severity: "medium",
  fixes: ["aws.ec2.ebs-default-encryption", "aws.ec2.volume-encrypted"],
  parameters: {
    stopInstance: {
      title: "Stop the instance",
      help: "Consent to stop the instance that a volume is attached to while its copy is made, which takes minutes to hours, and to start it again. Without it, volumes of running instances are left alone.",
      type: "boolean",
      default: false,
    },
    kmsKeyId: {
      title: "Key",
      help: "Id, ARN or alias of the KMS key for the copy of a volume, such as alias/acme-data; the region's default key when left empty.",
      type: "text",
      pattern: "[A-Za-z0-9:/_-]+",
      maxLength: 300,
      optional: true,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "high",
  approvals: 2,
  irreversible: [
    "The instance is stopped and started, and what it holds in memory and in instance stores is lost.",
    "A public address that is no Elastic IP address changes when the instance stops.",
    "What is written after the swap stays on the encrypted volume: the way back puts that volume aside, and doesn't carry it over to the old one.",
  ],
  leftToPeople: [
    "Delete the old volume once nobody needs it any more: its finding stays until then.",
    "Name the new volume wherever the old one's id is written down, such as in backup plans and Terraform.",
  ],
  actions: [
    {
      id: "encrypt-by-default",
      title: "Encrypt new volumes by default",
      kind: "aws",
      operation: "aws.ec2.encrypt-by-default",
      when: { kinds: ["aws.ec2.region"] },
      timeoutSeconds: 60,
    },
    {
      id: "encrypt-volume",
      title: "Put an encrypted copy in the volume's place",
      kind: "aws",
      operation: "aws.ec2.encrypt-volume",
      with: { stopInstance: { $parameter: "stopInstance" }, kmsKeyId: { $parameter: "kmsKeyId" } },
      when: { kinds: ["aws.ec2.volume"] },
      // A first snapshot of a large volume, and its copy, take hours.
      timeoutSeconds: 14_000,
    },
  ],
});
