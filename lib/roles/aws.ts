import { hclList, hclString } from "./hcl.ts";

export type PolicyDocument = {
  Version: "2012-10-17";
  Statement: { Sid: string; Effect: "Allow"; Action: string[]; Resource: "*" }[];
};

/** IAM's limit for a managed policy; white space doesn't count. */
export const maxPolicyLength = 6_144;

/** IAM attaches no more than this to a role, unless AWS raises it. */
export const maxPoliciesPerRole = 10;

/** Which of the two identities a role is for. */
export type RoleKind = "read" | "write";

const words = {
  read: {
    sid: "ParapetScan",
    role: "ParapetScanner",
    about: "Read-only access for Parapet's scans",
    by: "collectors",
  },
  write: {
    sid: "ParapetFix",
    role: "ParapetRemediator",
    about: "Approved fixes by Parapet",
    by: "playbooks",
  },
};

/** Policies that allow the actions on everything: one, or as many as IAM's limit takes. */
export function awsPolicies(actions: readonly string[], kind: RoleKind = "read"): PolicyDocument[] {
  const documentOf = (some: readonly string[]): PolicyDocument => ({
    Version: "2012-10-17",
    Statement: [{ Sid: words[kind].sid, Effect: "Allow", Action: [...some], Resource: "*" }],
  });
  const documents: PolicyDocument[] = [];
  let held: string[] = [];
  for (const action of actions) {
    const next = [...held, action];
    if (held.length > 0 && JSON.stringify(documentOf(next)).length > maxPolicyLength) {
      documents.push(documentOf(held));
      held = [action];
    } else held = next;
  }
  if (held.length > 0) documents.push(documentOf(held));
  return documents;
}

export type AwsRoleOptions = {
  actions: readonly string[];
  kind?: RoleKind;
  /** The ARN of the principal that may assume the role, such as the role that the worker runs under. */
  principal?: string;
  /** What the principal must name when it assumes the role, so that nobody else has it do so. */
  externalId?: string;
  roleName?: string;
};

/** A CloudFormation template (JSON) of the role, for one account or as a stack set for all of an organisation. */
export function awsCloudFormation(options: AwsRoleOptions): Record<string, unknown> {
  const { actions, kind = "read", principal, externalId, roleName = words[kind].role } = options;
  const policies = awsPolicies(actions, kind);
  const parameter = (description: string, given: string | undefined, more: object = {}) => ({
    Type: "String",
    Description: description,
    ...(given === undefined ? {} : { Default: given }),
    ...more,
  });
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `${words[kind].about}. It allows what the ${words[kind].by} declare, and nothing else.`,
    Parameters: {
      TrustedPrincipal: parameter("ARN of the user or role that Parapet's workers run under.", principal, {
        AllowedPattern: "arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+",
      }),
      ExternalId: parameter("The external id of the account in Parapet.", externalId, {
        MinLength: 2,
        MaxLength: 1224,
        AllowedPattern: "[\\w+=,.@:/-]*",
      }),
      RoleName: parameter("The name of the role.", roleName),
    },
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          Description: words[kind].about,
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: { Ref: "TrustedPrincipal" } },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
              },
            ],
          },
          ManagedPolicyArns: policies.map((_, index) => ({ Ref: `Policy${index + 1}` })),
        },
      },
      ...Object.fromEntries(
        policies.map((document, index) => [
          `Policy${index + 1}`,
          {
            Type: "AWS::IAM::ManagedPolicy",
            Properties: { Description: words[kind].about, PolicyDocument: document },
          },
        ]),
      ),
    },
    Outputs: { RoleArn: { Description: "What to give Parapet.", Value: { "Fn::GetAtt": ["Role", "Arn"] } } },
  };
}

/** A Terraform module of the role. */
export function awsTerraform(options: AwsRoleOptions): string {
  const { actions, kind = "read", principal, externalId, roleName = words[kind].role } = options;
  const variable = (name: string, description: string, given: string | undefined) =>
    [
      `variable ${hclString(name)} {`,
      "  type        = string",
      `  description = ${hclString(description)}`,
      ...(given === undefined ? [] : [`  default     = ${hclString(given)}`]),
      "}",
    ].join("\n");
  const policies = awsPolicies(actions, kind).flatMap(({ Statement }, index) => [
    [
      `data "aws_iam_policy_document" "parapet_${index + 1}" {`,
      "  statement {",
      `    sid       = ${hclString(Statement[0]?.Sid ?? "")}`,
      '    effect    = "Allow"',
      '    resources = ["*"]',
      `    actions   = ${hclList(Statement[0]?.Action ?? [], "    ")}`,
      "  }",
      "}",
    ].join("\n"),
    [
      `resource "aws_iam_policy" "parapet_${index + 1}" {`,
      `  name   = "\${var.role_name}-${index + 1}"`,
      `  policy = data.aws_iam_policy_document.parapet_${index + 1}.json`,
      "}",
    ].join("\n"),
    [
      `resource "aws_iam_role_policy_attachment" "parapet_${index + 1}" {`,
      "  role       = aws_iam_role.parapet.name",
      `  policy_arn = aws_iam_policy.parapet_${index + 1}.arn`,
      "}",
    ].join("\n"),
  ]);
  const role = `data "aws_iam_policy_document" "parapet_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "parapet" {
  name                 = var.role_name
  description          = ${hclString(words[kind].about)}
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.parapet_trust.json
}`;
  return `${[
    variable("trusted_principal", "ARN of the user or role that Parapet's workers run under.", principal),
    variable("external_id", "The external id of the account in Parapet.", externalId),
    variable("role_name", "The name of the role.", roleName),
    role,
    ...policies,
    'output "role_arn" {\n  value = aws_iam_role.parapet.arn\n}',
  ].join("\n\n")}\n`;
}
