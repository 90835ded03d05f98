import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  UploadServerCertificateCommand,
} from "@aws-sdk/client-iam";
import { made, type Site } from "./site.ts";

const policy = (Action: string | string[], Resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const everything = policy("*", "*");
const little = policy(["s3:GetObject"], "arn:aws:s3:::example/*");
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Users, groups, roles and policies; returns the instance profile for machines. */
export async function makeIdentities(site: Site): Promise<{ profileArn: string }> {
  await makeUsers(site);
  await makeGroupsAndPolicies(site);
  const { iam } = site.clients();
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8, RequireNumbers: true }));
  await iam.send(
    new UploadServerCertificateCommand({
      ServerCertificateName: "certificate",
      CertificateBody: "moto does not read it",
      PrivateKey: "moto does not read it",
    }),
  );
  site.name("certificate", `arn:aws:iam::${site.account}:server-certificate/certificate`);
  return makeRoles(site);
}

async function createUser(site: Site, UserName: string): Promise<void> {
  const { User } = await site.clients().iam.send(new CreateUserCommand({ UserName }));
  site.name(UserName, made(User?.Arn, "user"));
}

async function makeUsers(site: Site): Promise<void> {
  const { iam } = site.clients();
  for (const name of [
    "user-by-password",
    "user-with-mfa",
    "user-with-key",
    "user-as-admin",
    "user-in-group",
  ]) {
    await createUser(site, name);
  }
  const Password = "Not-a-secret-at-all-1";
  await iam.send(new CreateLoginProfileCommand({ UserName: "user-by-password", Password }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "user-with-mfa", Password }));
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone" }),
  );
  await iam.send(
    new EnableMFADeviceCommand({
      UserName: "user-with-mfa",
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1: "234567",
      AuthenticationCode2: "987654",
    }),
  );
  await iam.send(new CreateAccessKeyCommand({ UserName: "user-with-key" }));
  await iam.send(
    new PutUserPolicyCommand({ UserName: "user-as-admin", PolicyName: "all", PolicyDocument: everything }),
  );
  await iam.send(
    new PutUserPolicyCommand({ UserName: "user-with-key", PolicyName: "little", PolicyDocument: little }),
  );
  await iam.send(new CreateGroupCommand({ GroupName: "readers" }));
  await iam.send(new AddUserToGroupCommand({ GroupName: "readers", UserName: "user-in-group" }));
}

async function makeGroupsAndPolicies(site: Site): Promise<void> {
  const { iam } = site.clients();
  const arn = (type: string, name: string) => `arn:aws:iam::${site.account}:${type}/${name}`;
  await iam.send(new CreateGroupCommand({ GroupName: "admins" }));
  await iam.send(
    new PutGroupPolicyCommand({ GroupName: "admins", PolicyName: "all", PolicyDocument: everything }),
  );
  await iam.send(
    new PutGroupPolicyCommand({ GroupName: "readers", PolicyName: "little", PolicyDocument: little }),
  );
  site.name("admins", arn("group", "admins"));
  site.name("readers", arn("group", "readers"));

  const create = async (PolicyName: string, PolicyDocument: string) => {
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    site.name(PolicyName, arn("policy", PolicyName));
    return arn("policy", PolicyName);
  };
  await create("policy-unattached", everything);
  const all = await create("policy-everything", everything);
  await iam.send(new AttachUserPolicyCommand({ UserName: "user-by-password", PolicyArn: all }));
  const narrow = await create("policy-little", little);
  await iam.send(new AttachGroupPolicyCommand({ GroupName: "readers", PolicyArn: narrow }));
  for (const managed of ["AdministratorAccess", "ReadOnlyAccess"]) {
    const PolicyArn = `arn:aws:iam::aws:policy/${managed}`;
    await iam.send(new AttachGroupPolicyCommand({ GroupName: "readers", PolicyArn }));
    site.name(managed, PolicyArn);
  }
}

async function makeRoles(site: Site): Promise<{ profileArn: string }> {
  const { iam } = site.clients();
  const documents = { "role-as-admin": everything, "role-with-little": little };
  for (const [RoleName, PolicyDocument] of Object.entries(documents)) {
    await createRole(site, RoleName);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument }));
  }
  const InstanceProfileName = "machines";
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: "role-with-little" }));
  return { profileArn: made(InstanceProfile?.Arn, "instance profile") };
}

async function createRole(site: Site, RoleName: string): Promise<void> {
  const created = await site
    .clients()
    .iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  site.name(RoleName, made(created.Role?.Arn, "role"));
}

/** A strict password policy, and someone who may open support cases. */
export async function makeGoodAccount(site: Site): Promise<void> {
  const { iam } = site.clients();
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, PasswordReusePrevention: 24 }),
  );
  await createRole(site, "support");
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: "support",
      PolicyArn: "arn:aws:iam::aws:policy/AWSSupportAccess",
    }),
  );
}
