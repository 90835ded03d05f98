import type { Answers } from "./test-answers.ts";
import { account, queryAnswer, queryFailure } from "./test-answers.ts";

export const iamArn = (rest: string) => `arn:aws:iam::${account}:${rest}`;
export const rootUid = iamArn("root");
export const admin = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const encoded = encodeURIComponent(JSON.stringify(admin));
export const dated = "<Path>/</Path><CreateDate>2013-10-14T18:32:24Z</CreateDate>";
export const origin = { path: "/", createdAt: "2013-10-14T18:32:24.000Z" };

const columns =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const noCertificates = "false,N/A,false,N/A";
export const rootRow = `<root_account>,${rootUid},2013-01-01T00:00:00+00:00,not_supported,2026-01-02T03:04:05+00:00,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,${noCertificates}`;
export const aliceRow = `Alice,${iamArn("user/Alice")},2013-10-14T18:32:24+00:00,true,2026-01-02T08:15:30+00:00,2013-10-15T00:00:00+00:00,N/A,true,true,2014-01-01T00:00:00+00:00,2026-01-01T10:00:00+00:00,eu-west-1,s3,false,2012-01-01T00:00:00+00:00,N/A,N/A,N/A,${noCertificates}`;
/** A user of that name with nothing to sign in with. */
export const bareRow = (name: string, createdAt = "2013-10-14T18:32:24+00:00") =>
  `${name},${iamArn(`user/${name}`)},${createdAt},false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,${noCertificates}`;
export const bobRow = bareRow("Bob");

/** A credential report that is made when asked for, or, with `isOld`, one that was there since the second of January. */
export function report(rows: string[], { isOld = false } = {}): Answers {
  let asked = 0;
  const generate = () => {
    asked += 1;
    const state = asked === 1 && !isOld ? "STARTED" : "COMPLETE";
    return queryAnswer("GenerateCredentialReport", `<State>${state}</State>`);
  };
  return {
    GenerateCredentialReport: generate,
    GetCredentialReport: queryAnswer(
      "GetCredentialReport",
      `<Content>${Buffer.from([columns, ...rows].join("\n")).toString("base64")}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-01-02T09:00:00Z</GeneratedTime>`,
    ),
  };
}

export const bobCredentials = {
  passwordEnabled: false,
  passwordLastUsedAt: null,
  passwordChangedAt: null,
  mfaActive: false,
  accessKeys: [],
};
export const aliceCredentials = {
  passwordEnabled: true,
  passwordLastUsedAt: "2026-01-02T08:15:30.000Z",
  passwordChangedAt: "2013-10-15T00:00:00.000Z",
  mfaActive: true,
  accessKeys: [
    {
      n: 1,
      active: false,
      createdAt: "2012-01-01T00:00:00.000Z",
      lastUsedAt: null,
      lastUsedRegion: null,
      lastUsedService: null,
    },
    {
      n: 2,
      active: true,
      createdAt: "2014-01-01T00:00:00.000Z",
      lastUsedAt: "2026-01-01T10:00:00.000Z",
      lastUsedRegion: "eu-west-1",
      lastUsedService: "s3",
    },
  ],
};

/** What IAM itself says of Alice, and of everyone else that there is nothing to sign in with. */
export const directAnswers: Answers = {
  ListAccessKeys: ({ fields }) =>
    queryAnswer(
      "ListAccessKeys",
      fields.get("UserName") !== "Alice"
        ? "<AccessKeyMetadata/><IsTruncated>false</IsTruncated>"
        : fields.get("Marker") === "more"
          ? `<AccessKeyMetadata>${keyMember("AKIAOLDER", "Inactive", "2012-01-01T00:00:00.730Z")}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`
          : `<AccessKeyMetadata>${keyMember("AKIAYOUNGER", "Active", "2014-01-01T00:00:00Z")}</AccessKeyMetadata><IsTruncated>true</IsTruncated><Marker>more</Marker>`,
    ),
  GetAccessKeyLastUsed: ({ fields }) =>
    queryAnswer(
      "GetAccessKeyLastUsed",
      fields.get("AccessKeyId") === "AKIAYOUNGER"
        ? "<UserName>Alice</UserName><AccessKeyLastUsed><LastUsedDate>2026-01-01T10:00:00Z</LastUsedDate><Region>eu-west-1</Region><ServiceName>s3</ServiceName></AccessKeyLastUsed>"
        : "<UserName>Alice</UserName><AccessKeyLastUsed><Region>N/A</Region><ServiceName>N/A</ServiceName></AccessKeyLastUsed>",
    ),
  GetLoginProfile: ({ fields }) =>
    fields.get("UserName") === "Alice"
      ? loginProfile("2013-10-14T18:40:00Z")
      : queryFailure("NoSuchEntity", 404),
  GetUser: ({ fields }) =>
    queryAnswer(
      "GetUser",
      `<User><UserName>${fields.get("UserName")}</UserName><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Arn>${iamArn(`user/${fields.get("UserName")}`)}</Arn>${dated}<PasswordLastUsed>2026-01-02T08:15:30.250Z</PasswordLastUsed></User>`,
    ),
  ListMFADevices: ({ fields }) =>
    queryAnswer(
      "ListMFADevices",
      fields.get("UserName") === "Alice"
        ? `<MFADevices><member><UserName>Alice</UserName><SerialNumber>${iamArn("mfa/Alice")}</SerialNumber><EnableDate>2013-10-16T00:00:00Z</EnableDate></member></MFADevices><IsTruncated>false</IsTruncated>`
        : "<MFADevices/><IsTruncated>false</IsTruncated>",
    ),
};

const keyMember = (id: string, status: string, createdAt: string) =>
  `<member><UserName>Alice</UserName><AccessKeyId>${id}</AccessKeyId><Status>${status}</Status><CreateDate>${createdAt}</CreateDate></member>`;

export const loginProfile = (createdAt: string) =>
  queryAnswer(
    "GetLoginProfile",
    `<LoginProfile><UserName>Alice</UserName><CreateDate>${createdAt}</CreateDate><PasswordResetRequired>false</PasswordResetRequired></LoginProfile>`,
  );

export const details = (list: string, members: string, more = "<IsTruncated>false</IsTruncated>") =>
  queryAnswer("GetAccountAuthorizationDetails", `${more}<${list}>${members}</${list}>`);

/** A user as GetAccountAuthorizationDetails has it, with one policy of each sort. */
export const userMember = (name: string) =>
  `<member><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><UserName>${name}</UserName><Arn>${iamArn(`user/${name}`)}</Arn>${dated}<GroupList><member>Admins</member></GroupList><AttachedManagedPolicies><member><PolicyName>Deny</PolicyName><PolicyArn>${iamArn("policy/Deny")}</PolicyArn></member></AttachedManagedPolicies><UserPolicyList><member><PolicyName>all</PolicyName><PolicyDocument>${encoded}</PolicyDocument></member></UserPolicyList><Tags><member><Key>team</Key><Value>payments</Value></member></Tags></member>`;
