import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { awsCloudFormation, awsPolicies, awsTerraform, type RoleKind } from "#lib/roles/aws.ts";
import { azureCustomRole, azureTerraform } from "#lib/roles/azure.ts";
import { gcpCustomRoles, gcpTerraform } from "#lib/roles/gcp.ts";
import { readRolePermissions, sorted } from "#lib/roles/permissions.ts";
import { oneOf, repeatable } from "../options.ts";

const formats = ["list", "policy", "cloudformation", "custom-role", "terraform"] as const;
type Format = (typeof formats)[number];

const formatsOf: Record<Cloud, readonly Format[]> = {
  aws: ["list", "policy", "cloudformation", "terraform"],
  azure: ["list", "custom-role", "terraform"],
  gcp: ["list", "custom-role", "terraform"],
};

type Options = {
  cloud: Cloud;
  format: Format;
  permission: string[];
  principal?: string;
  externalId?: string;
  roleName?: string;
  subscription: string[];
  project?: string;
  organisationNumber?: string;
};

const epilogue = `
policy          AWS: IAM policy documents; a JSON list of them once one would be too long for IAM
cloudformation  AWS: a template of the role, for --principal and --external-id
custom-role     Azure: for az role definition create; Google Cloud: for gcloud iam roles create --file
terraform       a module of the identity and its role

With --permission the role is one that writes, and holds exactly those permissions.`;

export const command = () =>
  new Command("permissions")
    .description("print the permissions that scanning needs, least privilege, as the collectors declare them")
    .option("--cloud <name>", "the cloud", oneOf(clouds), "aws")
    .option("--format <name>", formats.join(", "), oneOf(formats), "list")
    .option("--permission <name>", "a permission of an identity that writes (repeatable)", repeatable, [])
    .option("--principal <name>", "AWS: the ARN that may assume the role; Google Cloud: who may impersonate")
    .option("--external-id <id>", "AWS: the external id that the role asks for")
    .option("--role-name <name>", "AWS and Azure: the name of the role")
    .option("--subscription <id>", "Azure: a subscription for the role (repeatable)", repeatable, [])
    .option("--project <id>", "Google Cloud: the project")
    .option("--organisation-number <number>", "Google Cloud: the organisation above the project")
    .addHelpText("after", epilogue)
    .action((options: Options) => {
      const { cloud, format } = options;
      if (!formatsOf[cloud].includes(format)) {
        throw new DomainError(
          "invalid_input",
          `There is no --format ${format} for ${cloud}. There are: ${formatsOf[cloud].join(", ")}.`,
        );
      }
      process.stdout.write(render(options));
    });

function render(options: Options): string {
  const { cloud, format } = options;
  const kind: RoleKind = options.permission.length > 0 ? "write" : "read";
  const permissions = kind === "write" ? sorted(options.permission) : everyPermission(cloud);
  if (format === "list") return `${permissions.join("\n")}\n`;
  const rendered = { aws: renderAws, azure: renderAzure, gcp: renderGcp }[cloud](options, permissions, kind);
  return typeof rendered === "string" ? rendered : `${JSON.stringify(rendered, null, 2)}\n`;
}

/** Of Azure those of the directory, too: one application reads both. */
const everyPermission = (cloud: Cloud): string[] =>
  sorted([
    ...readRolePermissions(cloud),
    ...(cloud === "azure" ? readRolePermissions(cloud, "directory") : []),
  ]);

function renderAws(options: Options, actions: readonly string[], kind: RoleKind): string | object {
  const { principal, externalId, roleName } = options;
  const role = {
    ...{ actions, kind },
    ...(principal === undefined ? {} : { principal }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(roleName === undefined ? {} : { roleName }),
  };
  if (options.format === "terraform") return awsTerraform(role);
  if (options.format === "cloudformation") return awsCloudFormation(role);
  const [first, ...more] = awsPolicies(actions, kind);
  return first && more.length === 0 ? first : [first, ...more];
}

function renderAzure(options: Options, permissions: readonly string[], kind: RoleKind): string | object {
  const { subscription: subscriptions, roleName } = options;
  const role = { permissions, kind, subscriptions, ...(roleName === undefined ? {} : { name: roleName }) };
  return options.format === "terraform" ? azureTerraform(role) : azureCustomRole(role);
}

function renderGcp(options: Options, permissions: readonly string[], kind: RoleKind): string | object {
  const { project, organisationNumber: organisation, principal: impersonator } = options;
  if (options.format === "terraform") {
    return gcpTerraform({
      ...{ permissions, kind },
      ...(project === undefined ? {} : { project }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(impersonator === undefined ? {} : { impersonator }),
    });
  }
  const roles = gcpCustomRoles({ permissions, kind });
  // A role of the organisation is another file: what lies above projects can't be in one of a project.
  return organisation === undefined ? roles.project : (roles.organisation ?? roles.project);
}
