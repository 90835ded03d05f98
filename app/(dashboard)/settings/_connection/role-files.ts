import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { awsCloudFormation, awsPolicies, awsTerraform, type RoleKind } from "#lib/roles/aws.ts";
import { azureCustomRole, azureTerraform, splitAzurePermissions } from "#lib/roles/azure.ts";
import { gcpCustomRoles, gcpTerraform } from "#lib/roles/gcp.ts";
import type { Values } from "./methods.ts";

/** The permissions that scanning takes, as the server's collectors declare them; Azure's by level. */
export type RolePermissions = {
  aws: readonly string[];
  azure: Readonly<Record<AccountLevel, readonly string[]>>;
  gcp: readonly string[];
};

export type RoleFile = { name: string; what: string; text: string };
export type RoleWay = {
  id: string;
  label: string;
  files: readonly RoleFile[];
  /** What to do with them. */
  steps: readonly { say: string; command?: string }[];
  note?: string;
};

/** The ways to make the role, the best one first. */
export function roleFiles(
  cloud: Cloud,
  level: AccountLevel,
  values: Values,
  permissions: RolePermissions,
): RoleWay[] {
  if (cloud === "aws") return awsWays(values, permissions.aws);
  if (cloud === "gcp") return gcpWays(values, permissions.gcp);
  return level === "directory"
    ? directoryWays(permissions.azure.directory)
    : azureWays(permissions.azure.account);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const terraformSteps = (variables: string) => [
  {
    say: `Put it into a folder of its own, and give ${variables}.`,
    command: "terraform init && terraform apply",
  },
];

/** Names of the files and of what they make, by which identity they are for. */
const names = {
  read: { file: "parapet-role", stack: "parapet", policy: "parapet-policy", all: "all of them reads" },
  write: {
    ...{ file: "parapet-write-role", stack: "parapet-write", policy: "parapet-write-policy" },
    all: "reads and the calls that fix",
  },
};

export function awsWays(
  { externalId }: Values,
  actions: readonly string[],
  kind: RoleKind = "read",
): RoleWay[] {
  const role = { actions, kind, ...(externalId?.trim() ? { externalId: externalId.trim() } : {}) };
  const policies = awsPolicies(actions, kind);
  const { file, stack, policy: policyName, all } = names[kind];
  const principal =
    "Parapet's machine says who it is there: aws sts get-caller-identity names the principal to trust.";
  return [
    {
      id: "cloudformation",
      label: "CloudFormation",
      files: [
        {
          name: `${file}.json`,
          what: "the CloudFormation template",
          text: json(awsCloudFormation(role)),
        },
      ],
      steps: [
        {
          say:
            kind === "read"
              ? "Make a stack of it in the account. Its output RoleArn goes below."
              : "Make a stack of it in the account. Its output RoleArn is the account's write identity.",
          command: `aws cloudformation deploy --stack-name ${stack} --template-file ${file}.json --capabilities CAPABILITY_NAMED_IAM --parameter-overrides TrustedPrincipal=ARN`,
        },
      ],
      note: `${principal} As a stack set, it makes the role in every account of an organisation.`,
    },
    {
      id: "terraform",
      label: "Terraform",
      files: [{ name: `${file}.tf`, what: "the Terraform", text: awsTerraform(role) }],
      steps: terraformSteps("trusted_principal"),
      note: principal,
    },
    {
      id: "policy",
      label: policies.length === 1 ? "Policy" : "Policies",
      files: policies.map((policy, index) => ({
        name: policies.length === 1 ? `${policyName}.json` : `${policyName}-${index + 1}.json`,
        what: policies.length === 1 ? "the policy" : `policy ${index + 1}`,
        text: json(policy),
      })),
      steps: [],
      note: `${actions.length} actions, ${all}. ${policies.length === 1 ? "Attach it" : "Attach them all"} to the role or user that Parapet is to be.`,
    },
  ];
}

export function azureWays(all: readonly string[], kind: RoleKind = "read"): RoleWay[] {
  const { file } = names[kind];
  const role = kind === "read" ? "Parapet Scanner" : "Parapet Remediator";
  return [
    {
      id: "custom-role",
      label: "Custom role",
      files: [
        {
          name: `${file}.json`,
          what: "the custom role",
          text: json(azureCustomRole({ permissions: all, kind })),
        },
      ],
      steps: [
        {
          say: "Write the subscription's id into AssignableScopes, and make the role.",
          command: `az role definition create --role-definition ${file}.json`,
        },
        {
          say: "Make a service principal that has it. It prints the tenant, the client id (appId) and the secret (password).",
          command: `az ad sp create-for-rbac --name ${kind === "read" ? "Parapet" : "ParapetRemediator"} --role "${role}" --scopes /subscriptions/SUBSCRIPTION`,
        },
      ],
    },
    {
      id: "terraform",
      label: "Terraform",
      files: [
        { name: `${file}.tf`, what: "the Terraform", text: azureTerraform({ permissions: all, kind }) },
      ],
      steps: terraformSteps("subscription_ids"),
      note: "It makes the application and its role; make a secret or certificate for it afterwards.",
    },
  ];
}

export function directoryWays(all: readonly string[]): RoleWay[] {
  const { graph } = splitAzurePermissions(all);
  return [
    {
      id: "graph",
      label: "Permissions",
      files: [
        { name: "graph-permissions.txt", what: "the Graph permissions", text: `${graph.join("\n")}\n` },
      ],
      steps: [
        {
          say: "In Microsoft Entra ID, open the application's API permissions and add these of Microsoft Graph, as application permissions.",
        },
        { say: "Grant administrator consent for the tenant." },
      ],
    },
  ];
}

export function gcpWays(
  { serviceAccount }: Values,
  all: readonly string[],
  kind: RoleKind = "read",
): RoleWay[] {
  const { file } = names[kind];
  const [id, short] =
    kind === "read" ? ["parapetScanner", "parapet-scanner"] : ["parapetRemediator", "parapet-remediator"];
  const project = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(serviceAccount?.trim() ?? "")?.[1];
  const named = project ?? "PROJECT";
  const account = `${short}@${named}.iam.gserviceaccount.com`;
  const { project: role, organisation } = gcpCustomRoles({ permissions: all, kind });
  return [
    {
      id: "custom-role",
      label: "gcloud",
      files: [
        { name: `${file}.yaml`, what: "the custom role", text: json(role) },
        ...(organisation
          ? [
              {
                name: "parapet-organisation-role.yaml",
                what: "the role above projects",
                text: json(organisation),
              },
            ]
          : []),
      ],
      steps: [
        {
          say: "Make the role, the service account, and give it the role.",
          command: [
            `gcloud iam roles create ${id} --project=${named} --file=${file}.yaml`,
            `gcloud iam service-accounts create ${short} --project=${named}`,
            `gcloud projects add-iam-policy-binding ${named} --member=serviceAccount:${account} --role=projects/${named}/roles/${id}`,
          ].join("\n"),
        },
        {
          say: "Let Parapet's own identity act as it.",
          command: `gcloud iam service-accounts add-iam-policy-binding ${account} --role=roles/iam.serviceAccountTokenCreator --member=MEMBER`,
        },
      ],
      ...(organisation
        ? {
            note: "The second role is for what lies above the project, such as organisation policies. Made at the organisation by whoever runs it, it closes those gaps; Parapet does without.",
          }
        : {}),
    },
    {
      id: "terraform",
      label: "Terraform",
      files: [
        {
          name: `${file}.tf`,
          what: "the Terraform",
          text: gcpTerraform({ permissions: all, kind, ...(project ? { project } : {}) }),
        },
      ],
      steps: terraformSteps(project ? "impersonator" : "project_id and impersonator"),
    },
  ];
}
