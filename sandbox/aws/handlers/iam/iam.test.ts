import type { GetAccountAuthorizationDetailsCommandOutput } from "@aws-sdk/client-iam";
import { beforeEach, expect, it } from "vitest";
import type { AwsEstate, Call } from "../../model.ts";
import { createTestAccount } from "../test-call.ts";
import { accessKeyHandlers } from "./access-keys.ts";
import { accountHandlers } from "./account.ts";
import { authorizationDetailsHandlers } from "./authorization-details.ts";
import { credentialReportHandlers } from "./credential-report.ts";
import { permissionHandlers } from "./permissions.ts";
import { policyHandlers } from "./policies.ts";
import { roleHandlers } from "./roles.ts";
import { iam } from "./state.ts";
import { userHandlers } from "./users.ts";

const code = (expected: string) => expect.objectContaining({ code: expected });
const document = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Sid: "It's all!" }],
});
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const UserName = "ann";
let estate: AwsEstate;
let call: Call;
beforeEach(() => {
  const created = createTestAccount();
  estate = created.estate;
  call = created.callIn("us-east-1");
  userHandlers.CreateUser({ UserName }, call);
});

it("makes keys that sign until they are switched off or removed", () => {
  const { AccessKey } = accessKeyHandlers.CreateAccessKey({ UserName }, call);
  const { AccessKeyId, SecretAccessKey } = AccessKey;
  expect(estate.credentials.get(AccessKeyId)).toEqual({
    secretAccessKey: SecretAccessKey,
    principal: {
      account: call.account,
      arn: `arn:aws:iam::${call.account}:user/ann`,
      accessKeyId: AccessKeyId,
    },
  });
  const update = (Status: "Active" | "Inactive") =>
    accessKeyHandlers.UpdateAccessKey({ UserName, AccessKeyId, Status }, call);
  update("Inactive");
  expect(estate.credentials.has(AccessKeyId)).toBe(false);
  update("Active");
  expect(estate.credentials.get(AccessKeyId)?.secretAccessKey).toBe(SecretAccessKey);
  accessKeyHandlers.CreateAccessKey({ UserName }, call);
  expect(() => accessKeyHandlers.CreateAccessKey({ UserName }, call)).toThrow(code("LimitExceeded"));
  accessKeyHandlers.DeleteAccessKey({ UserName, AccessKeyId }, call);
  expect(estate.credentials.has(AccessKeyId)).toBe(false);
  expect(accessKeyHandlers.ListAccessKeys({ UserName }, call).AccessKeyMetadata).toHaveLength(1);
});

it("writes the credential report once asked, and anew after four hours", () => {
  const { GenerateCredentialReport, GetCredentialReport } = credentialReportHandlers;
  const read = () => new TextDecoder().decode(GetCredentialReport({}, call).Content).split("\n");
  expect(() => GetCredentialReport({}, call)).toThrow(code("ReportNotPresent"));
  expect(GenerateCredentialReport({}, call).State).toBe("STARTED");
  expect(GenerateCredentialReport({}, call).State).toBe("COMPLETE");
  const [header, root, ann] = read();
  expect(header).toBe(
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
      "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region," +
      "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date," +
      "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active," +
      "cert_2_last_rotated,additional_credentials_info",
  );
  expect(
    root?.startsWith(
      `<root_account>,arn:aws:iam::${call.account}:root,2016-04-11T09:30:00+00:00,not_supported,`,
    ),
  ).toBe(true);
  expect(ann).toBe(
    `ann,arn:aws:iam::${call.account}:user/ann,2026-01-31T12:00:00+00:00,false,N/A,N/A,N/A,false,` +
      "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,N/A",
  );
  accessKeyHandlers.CreateAccessKey({ UserName }, call);
  call = { ...call, now: new Date("2026-01-31T15:59:59Z") };
  expect(GenerateCredentialReport({}, call).State).toBe("COMPLETE");
  expect(read()[2]).toBe(ann);
  call = { ...call, now: new Date("2026-01-31T16:00:00Z") };
  expect(() => GetCredentialReport({}, call)).toThrow(code("ReportExpired"));
  expect(GenerateCredentialReport({}, call).State).toBe("STARTED");
  expect(read()[2]).toContain(",false,true,2026-01-31T12:00:00+00:00,N/A,N/A,N/A,false,");
});

it("lists all of an account over pages that users, groups, roles and policies share", () => {
  for (let n = 0; n < 60; n++) {
    userHandlers.CreateUser({ UserName: `user-${n}` }, call);
    const RoleName = `role-${n}`;
    roleHandlers.CreateRole({ RoleName, AssumeRolePolicyDocument: document }, call);
  }
  policyHandlers.CreatePolicy({ PolicyName: "everything", PolicyDocument: document }, call);
  permissionHandlers.AttachUserPolicy({ UserName, PolicyArn: admin }, call);
  const pages: Omit<GetAccountAuthorizationDetailsCommandOutput, "$metadata">[] = [];
  let Marker: string | undefined;
  do {
    const page = authorizationDetailsHandlers.GetAccountAuthorizationDetails(
      { Marker, MaxItems: 1000 },
      call,
    );
    pages.push(page);
    Marker = page.Marker;
    expect(page.IsTruncated).toBe(Marker !== undefined);
  } while (Marker);
  expect(pages).toHaveLength(3);
  expect(pages.flatMap((page) => page.UserDetailList ?? [])).toHaveLength(61);
  expect(new Set(pages.flatMap((page) => page.RoleDetailList ?? []).map((role) => role.RoleName)).size).toBe(
    60,
  );
  // Of AWS's own policies, the one that is attached.
  expect(
    pages.flatMap((page) => page.Policies ?? []).map((policy) => [policy.Arn, policy.AttachmentCount]),
  ).toEqual([
    [admin, 1],
    [`arn:aws:iam::${call.account}:policy/everything`, 0],
  ]);
  const ofUsers = authorizationDetailsHandlers.GetAccountAuthorizationDetails(
    { Filter: ["User"], MaxItems: 1 },
    call,
  );
  expect(ofUsers.UserDetailList[0]?.AttachedManagedPolicies).toEqual([
    { PolicyName: "AdministratorAccess", PolicyArn: admin },
  ]);
});

it("answers with documents as IAM encodes them", () => {
  permissionHandlers.PutUserPolicy({ UserName, PolicyName: "all", PolicyDocument: document }, call);
  const { PolicyDocument } = permissionHandlers.GetUserPolicy({ UserName, PolicyName: "all" }, call);
  expect(PolicyDocument).not.toMatch(/[{}":*'!]/);
  expect(decodeURIComponent(PolicyDocument)).toBe(document);
  expect(() =>
    permissionHandlers.PutUserPolicy({ UserName, PolicyName: "x", PolicyDocument: "{" }, call),
  ).toThrow(code("MalformedPolicyDocument"));
  permissionHandlers.DeleteUserPolicy({ UserName, PolicyName: "all" }, call);
  expect(permissionHandlers.ListUserPolicies({ UserName }, call).PolicyNames).toEqual([]);
});

it("moves permissions between users and what is attached", () => {
  permissionHandlers.AttachUserPolicy({ UserName, PolicyArn: admin }, call);
  expect(policyHandlers.ListEntitiesForPolicy({ PolicyArn: admin }, call).PolicyUsers).toMatchObject([
    { UserName },
  ]);
  permissionHandlers.DetachUserPolicy({ UserName, PolicyArn: admin }, call);
  expect(() => permissionHandlers.DetachUserPolicy({ UserName, PolicyArn: admin }, call)).toThrow(
    code("NoSuchEntity"),
  );
  expect(policyHandlers.ListPolicies({ OnlyAttached: true }, call).Policies).toEqual([]);
});

it("replaces the password policy as a whole", () => {
  expect(() => accountHandlers.GetAccountPasswordPolicy({}, call)).toThrow(code("NoSuchEntity"));
  accountHandlers.UpdateAccountPasswordPolicy(
    { MinimumPasswordLength: 14, PasswordReusePrevention: 24 },
    call,
  );
  accountHandlers.UpdateAccountPasswordPolicy({ MinimumPasswordLength: 16, MaxPasswordAge: 90 }, call);
  expect(accountHandlers.GetAccountPasswordPolicy({}, call).PasswordPolicy).toEqual({
    MinimumPasswordLength: 16,
    RequireSymbols: false,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: false,
    ExpirePasswords: true,
    MaxPasswordAge: 90,
    HardExpiry: false,
  });
  iam(call).root.mfa = "hardware";
  expect(accountHandlers.GetAccountSummary({}, call).SummaryMap).toMatchObject({
    AccountMFAEnabled: 1,
    Users: 1,
  });
  expect(userHandlers.ListVirtualMFADevices({}, call).VirtualMFADevices).toEqual([]);
});
