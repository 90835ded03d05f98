import { describe, expect, it } from "vitest";
import { awsCloudFormation, awsPolicies, awsTerraform, maxPoliciesPerRole, maxPolicyLength } from "./aws.ts";
import { azureCustomRole, azureTerraform } from "./azure.ts";
import { gcpCustomRoles, gcpTerraform } from "./gcp.ts";
import { hclString } from "./hcl.ts";
import { readRolePermissions } from "./permissions.ts";

/** Whether every bracket outside of texts closes in turn. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  const closing: Record<string, string> = { "}": "{", "]": "[", ")": "(" };
  for (const character of text.replace(/"(?:[^"\\]|\\.)*"/g, "")) {
    if ("{[(".includes(character)) open.push(character);
    else if (character in closing && open.pop() !== closing[character]) return false;
  }
  return open.length === 0;
}

/** The permissions in a text that look like those of a cloud, each once, sorted. */
const named = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern) ?? [])].sort();

describe("AWS", () => {
  const actions = readRolePermissions("aws");
  const awsAction = /\b[a-z0-9-]+:[A-Z][A-Za-z]+\b/g;

  it("fits what scanning takes into policies that IAM takes", () => {
    const policies = awsPolicies(actions);
    expect(policies.length).toBeLessThanOrEqual(maxPoliciesPerRole);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(maxPolicyLength);
    expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))).toEqual(actions);
  });

  it("splits a long list where IAM's limit asks for it, and nowhere else", () => {
    const many = Array.from({ length: 500 }, (_, i) => `service-name:SomeQuiteLongOperation${i}`);
    const policies = awsPolicies(many, "write");
    const lengths = policies.map((policy) => JSON.stringify(policy).length);
    expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))).toEqual(many);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(maxPolicyLength);
    for (const length of lengths.slice(0, -1)) expect(length).toBeGreaterThan(maxPolicyLength - 60);
  });

  it("makes a role that one principal assumes with an external id, in CloudFormation", () => {
    const principal = "arn:aws:iam::777788889999:user/parapet-hub";
    const template = awsCloudFormation({ actions, principal, externalId: "acme-5f1c" });
    expect(template).toMatchObject({
      Parameters: { TrustedPrincipal: { Default: principal }, ExternalId: { Default: "acme-5f1c" } },
      Resources: {
        Role: {
          Type: "AWS::IAM::Role",
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [
                {
                  Principal: { AWS: { Ref: "TrustedPrincipal" } },
                  Action: "sts:AssumeRole",
                  Condition: { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
                },
              ],
            },
            ManagedPolicyArns: [{ Ref: "Policy1" }],
          },
        },
        Policy1: { Properties: { PolicyDocument: awsPolicies(actions)[0] } },
      },
    });
    const resources = Object.keys(Object(template.Resources));
    expect(resources).toEqual(["Role", "Policy1"]);
  });

  it("says the same in Terraform", () => {
    const text = awsTerraform({ actions, externalId: "acme-5f1c" });
    expect(isBalanced(text)).toBe(true);
    expect(named(text, awsAction)).toEqual([...actions, "sts:AssumeRole", "sts:ExternalId"].sort());
    expect(text).toContain('default     = "acme-5f1c"');
  });
});

describe("Azure", () => {
  const permissions = [...readRolePermissions("azure"), ...readRolePermissions("azure", "directory")];
  const actions = readRolePermissions("azure");
  const subscriptions = ["0d2b6e7a-41f3-4c58-a9d6-7e13f2c4a801"];

  it("makes a custom role of the actions, and leaves the directory's permissions to the directory", () => {
    expect(azureCustomRole({ permissions, subscriptions })).toMatchObject({
      Name: "Parapet Scanner",
      IsCustom: true,
      Actions: actions,
      NotActions: [],
      DataActions: [],
      AssignableScopes: [`/subscriptions/${subscriptions[0]}`],
    });
  });

  it("says both in Terraform", () => {
    const text = azureTerraform({ permissions, subscriptions });
    expect(isBalanced(text)).toBe(true);
    expect(named(text, /\bMicrosoft\.[A-Za-z.]+(?:\/[A-Za-z]+)+/g)).toEqual([...actions].sort());
    for (const permission of readRolePermissions("azure", "directory"))
      expect(text).toContain(`"${permission}"`);
    expect(
      azureTerraform({ permissions: ["Microsoft.Storage/storageAccounts/write"], kind: "write" }),
    ).not.toContain("azuread_app_role_assignment");
  });
});

describe("Google Cloud", () => {
  const permissions = readRolePermissions("gcp");

  it("keeps what lies above projects out of the project's role", () => {
    const { project, organisation } = gcpCustomRoles({ permissions });
    const above = permissions.filter((one) => /^resourcemanager\.(organizations|folders)\./.test(one));
    expect(organisation?.includedPermissions ?? []).toEqual(above);
    expect([...project.includedPermissions, ...above].sort()).toEqual([...permissions].sort());
  });

  it("refuses more than Google's limit", () => {
    const many = Array.from({ length: 3_001 }, (_, i) => `compute.instances.verb${i}`);
    expect(() => gcpCustomRoles({ permissions: many })).toThrow(
      "A custom role holds 3000 permissions, not 3001.",
    );
    expect(gcpCustomRoles({ permissions: many.slice(1) }).project.includedPermissions).toHaveLength(3_000);
  });

  it("says the same in Terraform", () => {
    const text = gcpTerraform({ permissions, project: "acme-analytics-prod" });
    expect(isBalanced(text)).toBe(true);
    for (const permission of permissions) expect(text).toContain(`"${permission}"`);
    expect(text).toContain('default     = "acme-analytics-prod"');
  });
});

it("writes texts that hold quotes and templates as themselves", () => {
  const dollar = "$";
  expect(hclString(`a "quoted" ${dollar}{name} %{if}`)).toBe(
    `"a \\"quoted\\" ${dollar}${dollar}{name} %%{if}"`,
  );
});
