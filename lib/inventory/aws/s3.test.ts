import { describe, expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { buckets } from "./s3.ts";
import { s3Account } from "./s3-account.ts";
import { type Answers, account, collect, s3Failure } from "./test-answers.ts";

const list = (buckets: string, token = "") =>
  `<?xml version="1.0" encoding="UTF-8"?><ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>AIDACKCEVSQ6C2EXAMPLE</ID></Owner><Buckets>${buckets}</Buckets>${token}</ListAllMyBucketsResult>`;
const listed = (name: string, region = "<BucketRegion>eu-west-1</BucketRegion>") =>
  `<Bucket><CreationDate>2019-12-11T23:32:47+00:00</CreationDate>${region}<Name>${name}</Name></Bucket>`;

const block = (value: boolean) =>
  `<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><BlockPublicAcls>${value}</BlockPublicAcls><IgnorePublicAcls>${value}</IgnorePublicAcls><BlockPublicPolicy>${value}</BlockPublicPolicy><RestrictPublicBuckets>${value}</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;
const acl = (extra = "") =>
  `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>75aa57f09aa0</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>75aa57f09aa0</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>${extra}</AccessControlList></AccessControlPolicy>`;
const toEveryone = `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>`;
const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }],
};

/** Answers for one bucket with everything set. */
const full = (name: string): Answers => ({
  [`GET /${name}?publicAccessBlock`]: block(true),
  [`GET /${name}?policy`]: JSON.stringify(policy),
  [`GET /${name}?policyStatus`]: `<PolicyStatus><IsPublic>TRUE</IsPublic></PolicyStatus>`,
  [`GET /${name}?acl`]: acl(toEveryone),
  [`GET /${name}?versioning`]: `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status><MfaDelete>Disabled</MfaDelete></VersioningConfiguration>`,
  [`GET /${name}?tagging`]: `<Tagging><TagSet><Tag><Key>team</Key><Value>payments</Value></Tag></TagSet></Tagging>`,
});

/** Answers for one bucket with nothing set. */
const bare = (name: string): Answers => ({
  [`GET /${name}?publicAccessBlock`]: s3Failure("NoSuchPublicAccessBlockConfiguration", 404),
  [`GET /${name}?policy`]: s3Failure("NoSuchBucketPolicy", 404),
  [`GET /${name}?acl`]: acl(),
  [`GET /${name}?versioning`]: `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`,
  [`GET /${name}?tagging`]: s3Failure("NoSuchTagSet", 404),
});

const fullBucket = {
  uid: "arn:aws:s3:::invoices",
  kind: "aws.s3.bucket",
  account,
  region: "eu-west-1",
  name: "invoices",
  tags: { team: "payments" },
  config: {
    createdAt: "2019-12-11T23:32:47.000Z",
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    policy,
    policyIsPublic: true,
    grants: [{ grantee: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" }],
    versioning: "enabled",
    mfaDelete: false,
  },
  unread: [],
};

const bareBucket = (name: string) => ({
  ...fullBucket,
  uid: `arn:aws:s3:::${name}`,
  name,
  tags: {},
  config: {
    createdAt: "2019-12-11T23:32:47.000Z",
    publicAccessBlock: null,
    policy: null,
    policyIsPublic: null,
    grants: [],
    versioning: "off",
    mfaDelete: false,
  },
});

describe("buckets", () => {
  it("reads what is set and what is not, page by page", async () => {
    const read = await collect(buckets, {
      "GET /": ({ fields }) =>
        fields.get("continuation-token") === "next"
          ? list(listed("plain"))
          : list(listed("invoices"), "<ContinuationToken>next</ContinuationToken>"),
      ...full("invoices"),
      ...bare("plain"),
    });
    expect(read).toMatchObject({ resources: [fullBucket, bareBucket("plain")], gaps: [], thrown: null });
    // Without a policy there is no status to ask for.
    expect(read.actions).not.toContain("GET /plain?policyStatus");
  });

  it("leaves out buckets of other regions where the filter is ignored", async () => {
    const elsewhere = "<BucketRegion>us-east-1</BucketRegion>";
    const read = await collect(buckets, {
      "GET /": list(listed("plain") + listed("other", elsewhere)),
      ...bare("plain"),
    });
    expect(read).toMatchObject({ resources: [bareBucket("plain")], gaps: [], thrown: null });
  });

  it("asks where a bucket is when the list doesn't say", async () => {
    const location = (constraint: string) =>
      `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${constraint}</LocationConstraint>`;
    const read = await collect(buckets, {
      "GET /": list(["here", "old", "virginia", "deleted"].map((name) => listed(name, "")).join("")),
      "GET /here?location": location("eu-west-1"),
      "GET /old?location": location("EU"),
      "GET /virginia?location": location(""),
      "GET /deleted?location": s3Failure("NoSuchBucket", 404),
      ...bare("here"),
      ...bare("old"),
    });
    expect(read).toMatchObject({
      resources: [bareBucket("here"), bareBucket("old")],
      gaps: [],
      thrown: null,
    });
  });

  it("leaves absent what was refused, with a gap each", async () => {
    const read = await collect(buckets, {
      "GET /": list(listed("plain")),
      ...bare("plain"),
      "GET /plain?policy": s3Failure("AccessDenied", 403),
      "GET /plain?policyStatus": s3Failure("AccessDenied", 403),
      "GET /plain?tagging": s3Failure("AccessDenied", 403),
    });
    const { policy: _, policyIsPublic: __, ...config } = bareBucket("plain").config;
    expect(read.resources).toEqual([
      { ...bareBucket("plain"), config, unread: ["policy", "policyIsPublic", "tags"] },
    ]);
    const gap = {
      resourceUid: "arn:aws:s3:::plain",
      code: "denied",
      message: "AccessDenied: Said by a test.",
    };
    expect(read.gaps).toHaveLength(3);
    expect(read.gaps).toEqual(
      expect.arrayContaining([
        { ...gap, operation: "s3:GetBucketPolicy" },
        { ...gap, operation: "s3:GetBucketPolicyStatus" },
        { ...gap, operation: "s3:GetBucketTagging" },
      ]),
    );
  });

  it("never reads a malformed answer as off", async () => {
    const read = await collect(buckets, {
      "GET /": list(listed("plain")),
      ...bare("plain"),
      "GET /plain?publicAccessBlock": "<PublicAccessBlockConfiguration/>",
      "GET /plain?policy": JSON.stringify(policy),
      "GET /plain?policyStatus": "<PolicyStatus/>",
      "GET /plain?acl": "<AccessControlPolicy/>",
      "GET /plain?versioning": "<VersioningConfiguration><Status>Perhaps</Status></VersioningConfiguration>",
    });
    expect(read.resources).toEqual([
      {
        ...bareBucket("plain"),
        config: { createdAt: "2019-12-11T23:32:47.000Z", policy },
        unread: ["publicAccessBlock", "policyIsPublic", "grants", "versioning", "mfaDelete"],
      },
    ]);
    expect(read.gaps.map((gap) => gap.code)).toEqual(Array(4).fill("malformed"));
  });

  it("leaves out a bucket deleted after it was listed", async () => {
    const read = await collect(buckets, {
      "GET /": list(listed("plain") + listed("deleted")),
      ...bare("plain"),
      ...Object.fromEntries(
        Object.keys(bare("deleted")).map((action) => [action, s3Failure("NoSuchBucket", 404)]),
      ),
    });
    expect(read).toMatchObject({ resources: [bareBucket("plain")], gaps: [], thrown: null });
  });

  it("throws when the list is refused, and keeps what earlier pages gave", async () => {
    const read = await collect(buckets, {
      "GET /": ({ fields }) =>
        fields.has("continuation-token")
          ? s3Failure("AccessDenied", 403)
          : list(listed("plain"), "<ContinuationToken>next</ContinuationToken>"),
      ...bare("plain"),
    });
    expect(read).toMatchObject({ resources: [bareBucket("plain")], gaps: [] });
    expect(read.thrown).toEqual(new ListFailed("s3:ListAllMyBuckets", expect.anything()));
  });
});

describe("account settings", () => {
  const path = "GET /v20180820/configuration/publicAccessBlock";
  const uid = `arn:aws:s3::${account}:account-settings`;
  const settings = {
    uid,
    kind: "aws.s3.account",
    account,
    region: "global",
    name: "S3 account settings",
    tags: {},
  };

  it("reads the four switches, and that there are none", async () => {
    const read = await collect(s3Account, { [path]: block(false) });
    const publicAccessBlock = {
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    };
    expect(read).toMatchObject({
      resources: [{ ...settings, config: { publicAccessBlock }, unread: [] }],
      gaps: [],
    });
    const none = await collect(s3Account, { [path]: s3Failure("NoSuchPublicAccessBlockConfiguration", 404) });
    expect(none).toMatchObject({
      resources: [{ ...settings, config: { publicAccessBlock: null }, unread: [] }],
      gaps: [],
    });
  });

  it("does not know when refused", async () => {
    const read = await collect(s3Account, { [path]: s3Failure("AccessDenied", 403) });
    expect(read.resources).toEqual([{ ...settings, config: {}, unread: ["publicAccessBlock"] }]);
    expect(read.gaps).toMatchObject([{ resourceUid: uid, operation: "s3:GetAccountPublicAccessBlock" }]);
  });
});
