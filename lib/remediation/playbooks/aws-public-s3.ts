import { definePlaybook } from "../playbook.ts";

export const awsPublicS3 = definePlaybook({
  id: "AWS-PUBLIC-S3",
  title: "Close a public S3 bucket",
  description:
    "Turns on all four switches of Block Public Access on the bucket, which override whatever its policy and its ACL grant to everyone. Policy and ACL stay as they are, unless public grants are to be taken out of them as well.",
  category: "exposure",
  clouds: ["aws"],
  severity: "critical",
  fixes: ["aws.s3.bucket-public-access", "aws.s3.bucket-block-public-access"],
  parameters: {
    removeAclGrants: {
      title: "Take public grants out of the ACL",
      help: "Grants to everyone and to every AWS account, so that nothing is open should the switches ever be turned off.",
      type: "boolean",
      default: false,
    },
    removePolicyStatements: {
      title: "Take public statements out of the policy",
      help: "Statements that allow everyone something without any condition. Those with conditions stay.",
      type: "boolean",
      default: false,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: ["Serve content that is meant for everyone from CloudFront instead."],
  actions: [
    {
      // First, since S3 lets nobody put public grants back while they are blocked: the way back goes the other way round.
      id: "remove-public-grants",
      title: "Take public grants out of ACL and policy",
      kind: "aws",
      operation: "aws.s3.remove-public-grants",
      with: {
        acl: { $parameter: "removeAclGrants" },
        policy: { $parameter: "removePolicyStatements" },
      },
      when: {
        any: [
          { parameter: { name: "removeAclGrants", equals: true } },
          { parameter: { name: "removePolicyStatements", equals: true } },
        ],
      },
      timeoutSeconds: 60,
    },
    {
      id: "block-public-access",
      title: "Block public access",
      kind: "aws",
      operation: "aws.s3.block-public-access",
      timeoutSeconds: 60,
    },
  ],
});
