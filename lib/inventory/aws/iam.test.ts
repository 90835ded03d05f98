import { describe, expect, it } from "vitest";
import { awsAccount } from "./iam-account.ts";
import { policies, serverCertificates } from "./iam-policies.ts";
import { groups, roles, users } from "./iam-principals.ts";
import { type AwsRequest, account, collect, queryAnswer, queryFailure } from "./test-answers.ts";

const iamArn = (rest: string) => `arn:aws:iam::${account}:${rest}`;
const rootUid = iamArn("root");
const admin = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const encoded = encodeURIComponent(JSON.stringify(admin));
const dated = "<Path>/</Path><CreateDate>2013-10-14T18:32:24Z</CreateDate>";
const origin = { path: "/", createdAt: "2013-10-14T18:32:24.000Z" };

const columns =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const rootRow = `<root_account>,${rootUid},2013-01-01T00:00:00+00:00,not_supported,2026-01-02T03:04:05+00:00,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
const aliceRow = `Alice,${iamArn("user/Alice")},2013-10-14T18:32:24+00:00,true,no_information,2013-10-15T00:00:00+00:00,N/A,true,true,2014-01-01T00:00:00+00:00,2026-01-01T10:00:00+00:00,eu-west-1,s3,false,2012-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A`;
const report = (...rows: string[]) => ({
  GenerateCredentialReport: queryAnswer("GenerateCredentialReport", "<State>COMPLETE</State>"),
  GetCredentialReport: queryAnswer(
    "GetCredentialReport",
    `<Content>${Buffer.from([columns, ...rows].join("\n")).toString("base64")}</Content><ReportFormat>text/csv</ReportFormat>`,
  ),
});
const aliceCredentials = {
  passwordEnabled: true,
  passwordLastUsedAt: null,
  passwordChangedAt: "2013-10-15T00:00:00.000Z",
  mfaActive: true,
  accessKeys: [
    {
      n: 1,
      active: true,
      createdAt: "2014-01-01T00:00:00.000Z",
      lastUsedAt: "2026-01-01T10:00:00.000Z",
      lastUsedRegion: "eu-west-1",
      lastUsedService: "s3",
    },
    {
      n: 2,
      active: false,
      createdAt: "2012-01-01T00:00:00.000Z",
      lastUsedAt: null,
      lastUsedRegion: null,
      lastUsedService: null,
    },
  ],
};

const details = (list: string, members: string, more = "<IsTruncated>false</IsTruncated>") =>
  queryAnswer("GetAccountAuthorizationDetails", `${more}<${list}>${members}</${list}>`);

const alice = `<member><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><UserName>Alice</UserName><Arn>${iamArn("user/Alice")}</Arn>${dated}<GroupList><member>Admins</member></GroupList><AttachedManagedPolicies><member><PolicyName>Deny</PolicyName><PolicyArn>${iamArn("policy/Deny")}</PolicyArn></member></AttachedManagedPolicies><UserPolicyList><member><PolicyName>all</PolicyName><PolicyDocument>${encoded}</PolicyDocument></member></UserPolicyList><Tags><member><Key>team</Key><Value>payments</Value></member></Tags></member>`;
const bob = `<member><UserName>Bob</UserName><Arn>${iamArn("user/Bob")}</Arn>${dated}<GroupList/><UserPolicyList><member><PolicyName>broken</PolicyName><PolicyDocument>%7Bnot</PolicyDocument></member></UserPolicyList></member>`;

describe("users", () => {
  const pages = ({ fields }: AwsRequest) =>
    fields.get("Marker") === "next"
      ? details("UserDetailList", bob)
      : details("UserDetailList", alice, "<IsTruncated>true</IsTruncated><Marker>next</Marker>");
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
      ...report(rootRow, aliceRow),
      GetAccountAuthorizationDetails: pages,
    });
    expect(read.resources).toEqual([
      aliceUser,
      {
        ...aliceUser,
        uid: iamArn("user/Bob"),
        name: "Bob",
        tags: {},
        config: { ...origin, attachedPolicies: [], groups: [], permissionsBoundaryArn: null },
        // Younger than the report, and with a policy that is not JSON.
        unread: ["credentials", "inlinePolicies"],
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
      GetAccountAuthorizationDetails: details("UserDetailList", alice),
    });
    const { credentials: _, ...config } = aliceUser.config;
    expect(read.resources).toEqual([{ ...aliceUser, config, unread: ["credentials"] }]);
    expect(read.gaps).toMatchObject([
      { resourceUid: rootUid, operation: "iam:GenerateCredentialReport", code: "denied" },
    ]);
  });

  it("throws when the list is refused", async () => {
    const read = await collect(users, {
      ...report(rootRow),
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
      ...report(rootRow),
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
      ...report(aliceRow),
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
