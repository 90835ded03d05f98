import { definePlaybook } from "../playbook.ts";

export const awsPublicS3 = definePlaybook({
  id: "AWS-PUBLIC-S3",
  title: "Close a public S3 bucket",
  description:
    "Turns on all four switches of Block Public Access on the bucket, which override whatever its policy and its ACL grant to everyone. Policy and ACL stay as they are.",
  category: "exposure",
  clouds: ["aws"],
  severity: "critical",
  fixes: ["aws.s3.bucket-public-access", "aws.s3.bucket-block-public-access"],
  parameters: {},
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: ["Serve content that is meant for everyone from CloudFront instead."],
  actions: [
    {
      id: "block-public-access",
      title: "Block public access",
      kind: "aws",
      operation: "aws.s3.block-public-access",
      timeoutSeconds: 60,
    },
  ],
});
