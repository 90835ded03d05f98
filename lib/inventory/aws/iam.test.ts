import { describe, expect, it, vi } from "vitest";
import {
  admin,
  aliceCredentials,
  aliceRow,
  bobCredentials,
  bobRow,
  dated,
  details,
  iamArn,
  origin,
  report,
  rootRow,
  rootUid,
  userMember,
} from "./iam.test-data.ts";
import { awsAccount } from "./iam-account.ts";
import { policies, serverCertificates } from "./iam-policies.ts";
import { groups, roles, users } from "./iam-principals.ts";
import { type AwsRequest, account, collect, queryAnswer, queryFailure } from "./test-answers.ts";

const encoded = encodeURIComponent(JSON.stringify(admin));
const bob = `<member><UserName>Bob</UserName><Arn>${iamArn("user/Bob")}</Arn>${dated}<GroupList/><UserPolicyList><member><PolicyName>broken</PolicyName><PolicyDocument>%7Bnot</PolicyDocument></member></UserPolicyList></member>`;

vi.mock("node:timers/promises", async (original) => {
  const { hurried } = await import("./hurried.test-data.ts");
  return hurried(await original());
});

describe("users", () => {
  const pages = ({ fields }: AwsRequest) =>
    fields.get("Marker") === "next"
      ? details("UserDetailList", bob)
      : details(
          "UserDetailList",
          userMember("Alice"),
          "<IsTruncated>true</IsTruncated><Marker>next</Marker>",
        );
  const aliceUser = {
    uid: iamArn("user/Alice"),
    kind: "aws.iam.user",
    account,
    region: "global",
    name: "Alice",
    tags: { team: "payments" },
    config: {
      ...origin,
      credentials: aliceCredentials,
      attachedPolicies: [{ name: "Deny", arn: iamArn("policy/Deny") }],
      inlinePolicies: [{ name: "all", document: admin }],
      groups: ["Admins"],
      permissionsBoundaryArn: null,
    },
    unread: [],
  };

  it("come with their row of the report and their policies, page by page", async () => {
    const read = await collect(users, {
      ...report([rootRow, aliceRow, bobRow]),
      GetAccountAuthorizationDetails: pages,
    });
    expect(read.resources).toEqual([
      aliceUser,
      {
        ...aliceUser,
        uid: iamArn("user/Bob"),
        name: "Bob",
        tags: {},
        config: {
          ...origin,
          credentials: bobCredentials,
          attachedPolicies: [],
          groups: [],
          permissionsBoundaryArn: null,
        },
        // A policy that is not JSON.
        unread: ["inlinePolicies"],
      },
    ]);
    expect(read).toMatchObject({
      gaps: [
        {
          resourceUid: iamArn("user/Bob"),
          operation: "iam:GetAccountAuthorizationDetails",
          code: "malformed",
        },
      ],
      thrown: null,
    });
  });

  it("have no credentials when the report is refused: one gap, on the account", async () => {
    const read = await collect(users, {
      GenerateCredentialReport: queryFailure("AccessDenied", 403),
      GetAccountAuthorizationDetails: details("UserDetailList", userMember("Alice")),
    });
    const { credentials: _, ...config } = aliceUser.config;
    expect(read.resources).toEqual([{ ...aliceUser, config, unread: ["credentials"] }]);
    expect(read.gaps).toMatchObject([
      { resourceUid: rootUid, operation: "iam:GenerateCredentialReport", code: "denied" },
    ]);
  });

  it("throws when the list is refused", async () => {
    const read = await collect(users, {
      ...report([rootRow]),
      GetAccountAuthorizationDetails: queryFailure("AccessDenied", 403),
    });
    expect(read).toMatchObject({
      resources: [],
      thrown: { operation: "iam:GetAccountAuthorizationDetails" },
    });
  });
});

describe("roles and groups", () => {
  it("reads trust, profiles and boundary of a role", async () => {
    const read = await collect(roles, {
      GetAccountAuthorizationDetails: details(
        "RoleDetailList",
        `<member><RoleName>EC2role</RoleName><Arn>${iamArn("role/EC2role")}</Arn>${dated}<AssumeRolePolicyDocument>${encoded}</AssumeRolePolicyDocument><InstanceProfileList><member><Arn>${iamArn("instance-profile/EC2role")}</Arn></member></InstanceProfileList><RolePolicyList/><AttachedManagedPolicies/><PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>${iamArn("policy/edge")}</PermissionsBoundaryArn></PermissionsBoundary></member>`,
      ),
    });
    expect(read).toMatchObject({ gaps: [], thrown: null });
    expect(read.resources.map(({ config, unread }) => ({ config, unread }))).toEqual([
      {
        config: {
          ...origin,
          trustPolicy: admin,
          attachedPolicies: [],
          inlinePolicies: [],
          permissionsBoundaryArn: iamArn("policy/edge"),
          instanceProfileArns: [iamArn("instance-profile/EC2role")],
        },
        unread: [],
      },
    ]);
  });

  it("reads a group's policies, also when they come unencoded", async () => {
    const read = await collect(groups, {
      GetAccountAuthorizationDetails: details(
        "GroupDetailList",
        `<member><GroupName>Admins</GroupName><Arn>${iamArn("group/Admins")}</Arn>${dated}<GroupPolicyList><member><PolicyName>p</PolicyName><PolicyDocument>{"Id":"100%"}</PolicyDocument></member></GroupPolicyList></member>`,
      ),
    });
    expect(read.resources.map((group) => group.config)).toEqual([
      { ...origin, attachedPolicies: [], inlinePolicies: [{ name: "p", document: { Id: "100%" } }] },
    ]);
  });
});

describe("policies", () => {
  const policy = (arn: string, count: number, version = "true") =>
    `<member><PolicyName>p</PolicyName><Arn>${arn}</Arn>${dated}<UpdateDate>2014-01-01T00:00:00Z</UpdateDate><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>${count}</AttachmentCount><PolicyVersionList><member><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion><Document>%7B%7D</Document></member><member><VersionId>v2</VersionId><IsDefaultVersion>${version}</IsDefaultVersion><Document>${encoded}</Document></member></PolicyVersionList></member>`;
  const config = {
    ...origin,
    managedBy: "customer",
    updatedAt: "2014-01-01T00:00:00.000Z",
    attachmentCount: 0,
    defaultVersionId: "v2",
  };

  it("keeps the default version, and of AWS's policies those in use", async () => {
    const read = await collect(policies, {
      GetAccountAuthorizationDetails: details(
        "Policies",
        policy(iamArn("policy/own"), 0) +
          policy("arn:aws:iam::aws:policy/Used", 1) +
          policy("arn:aws:iam::aws:policy/Unused", 0),
      ),
    });
    expect(read.resources.map(({ uid, config }) => ({ uid, config }))).toEqual([
      { uid: iamArn("policy/own"), config: { ...config, document: admin } },
      {
        uid: "arn:aws:iam::aws:policy/Used",
        config: { ...config, managedBy: "aws", attachmentCount: 1, document: admin },
      },
    ]);
  });

  it("leaves the document absent when no version is the default", async () => {
    const read = await collect(policies, {
      GetAccountAuthorizationDetails: details("Policies", policy(iamArn("policy/own"), 0, "false")),
    });
    expect(read.resources).toMatchObject([{ config, unread: ["document"] }]);
    expect(read.gaps).toMatchObject([{ resourceUid: iamArn("policy/own"), code: "malformed" }]);
  });

  it("reads server certificates", async () => {
    const read = await collect(serverCertificates, {
      ListServerCertificates: queryAnswer(
        "ListServerCertificates",
        `<IsTruncated>false</IsTruncated><ServerCertificateMetadataList><member><ServerCertificateName>Beta</ServerCertificateName><Path>/company/</Path><Arn>${iamArn("server-certificate/company/Beta")}</Arn><UploadDate>2010-05-08T01:02:03Z</UploadDate><Expiration>2012-05-08T01:02:03Z</Expiration></member></ServerCertificateMetadataList>`,
      ),
    });
    expect(read.resources).toMatchObject([
      {
        uid: iamArn("server-certificate/company/Beta"),
        config: {
          path: "/company/",
          uploadedAt: "2010-05-08T01:02:03.000Z",
          expiresAt: "2012-05-08T01:02:03.000Z",
        },
      },
    ]);
  });
});

describe("the account", () => {
  const entry = (key: string, value: number) => `<entry><key>${key}</key><value>${value}</value></entry>`;
  const summary = queryAnswer(
    "GetAccountSummary",
    `<SummaryMap>${entry("AccountMFAEnabled", 1)}${entry("AccountAccessKeysPresent", 0)}${entry("AccountSigningCertificatesPresent", 0)}</SummaryMap>`,
  );
  const passwordPolicy = `<PasswordPolicy><AllowUsersToChangePassword>true</AllowUsersToChangePassword><RequireUppercaseCharacters>true</RequireUppercaseCharacters><RequireSymbols>true</RequireSymbols><ExpirePasswords>false</ExpirePasswords><PasswordReusePrevention>12</PasswordReusePrevention><RequireLowercaseCharacters>true</RequireLowercaseCharacters><MaxPasswordAge>90</MaxPasswordAge><HardExpiry>false</HardExpiry><RequireNumbers>true</RequireNumbers><MinimumPasswordLength>12</MinimumPasswordLength></PasswordPolicy>`;
  const rootCredentials = {
    passwordEnabled: true,
    passwordLastUsedAt: "2026-01-02T03:04:05.000Z",
    passwordChangedAt: null,
    mfaActive: false,
    accessKeys: [],
  };
  const facts = {
    rootMfaEnabled: true,
    rootAccessKeysPresent: false,
    rootSigningCertificatesPresent: false,
    rootPasswordPresent: null,
  };

  it("is read from four sources", async () => {
    const read = await collect(awsAccount, {
      ...report([rootRow]),
      ListAccountAliases: queryAnswer(
        "ListAccountAliases",
        "<IsTruncated>false</IsTruncated><AccountAliases><member>acme</member></AccountAliases>",
      ),
      GetAccountPasswordPolicy: queryAnswer("GetAccountPasswordPolicy", passwordPolicy),
      GetAccountSummary: summary,
    });
    expect(read).toMatchObject({ gaps: [], thrown: null });
    expect(read.resources).toEqual([
      {
        uid: rootUid,
        kind: "aws.account",
        account,
        region: "global",
        name: "acme",
        tags: {},
        config: {
          alias: "acme",
          passwordPolicy: {
            minimumLength: 12,
            reusePrevention: 12,
            maxAgeDays: 90,
            requireUppercase: true,
            requireLowercase: true,
            requireNumbers: true,
            requireSymbols: true,
            allowUsersToChange: true,
            hardExpiry: false,
          },
          summary: facts,
          rootCredentials,
        },
        unread: [],
      },
    ]);
  });

  it("tells no password policy from one it may not see, and a report without root from a root without MFA", async () => {
    const read = await collect(awsAccount, {
      ...report([aliceRow]),
      ListAccountAliases: queryFailure("AccessDenied", 403),
      GetAccountPasswordPolicy: queryFailure("NoSuchEntity", 404),
      GetAccountSummary: queryAnswer("GetAccountSummary", `<SummaryMap>${entry("Users", 1)}</SummaryMap>`),
    });
    expect(read.resources).toMatchObject([
      { name: account, config: { passwordPolicy: null }, unread: ["alias", "summary", "rootCredentials"] },
    ]);
    expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
      "iam:GetAccountSummary malformed",
      "iam:GetCredentialReport malformed",
      "iam:ListAccountAliases denied",
    ]);
  });
});
