import { makePasswordPolicy } from "#sandbox/aws/handlers/iam/account.ts";
import { iamState } from "#sandbox/aws/handlers/iam/state.ts";
import {
  addGroup,
  addPolicy,
  addRole,
  addServerCertificate,
  addUser,
  makeKey,
  type RoleSpec,
  trustService,
} from "../build/iam.ts";
import type { Site } from "../build/site.ts";
import { type AcmeAccount, acmeAccounts, acmeHub, type Environment, tagsOf } from "./company.ts";
import { groupStories, userStories } from "./people.ts";

const allow = (Action: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});

/** Everything of IAM's that has a story, and the identities by which Parapet gets in. */
export function addIdentities(site: Site, account: AcmeAccount): void {
  const { environment } = account;
  setAccount(site, environment);
  for (const group of groupStories[environment]) addGroup(site, group);
  for (const user of userStories[environment]) addUser(site, user);
  addParapet(site, account);
  addServiceRoles(site, environment);
  if (environment === "production") addProductionPolicies(site);
  if (environment === "staging") {
    const everything = addPolicy(site, {
      name: "staging-do-everything",
      description: "so that nobody is blocked before the release",
      statements: [allow("*")],
    });
    addRole(site, { name: "staging-deploy", trust: "codebuild.amazonaws.com", attached: [everything] });
  }
}

function setAccount(site: Site, environment: Environment): void {
  const state = iamState(site.account);
  if (environment === "production") {
    state.aliases = ["acme-prod"];
    state.passwordPolicy = makePasswordPolicy({ MinimumPasswordLength: 8, AllowUsersToChangePassword: true });
    state.root = { ...state.root, mfa: "hardware" };
  }
  if (environment === "staging") {
    const key = makeKey(site, "root", { ageDays: 2900, usedDaysAgo: 1210, service: "ec2" });
    state.root = { ...state.root, mfa: "none", accessKeys: [key] };
  }
  if (environment === "security") {
    state.aliases = ["acme-security"];
    state.passwordPolicy = makePasswordPolicy({
      MinimumPasswordLength: 16,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      AllowUsersToChangePassword: true,
      MaxPasswordAge: 365,
      PasswordReusePrevention: 24,
    });
    // Root's credentials are managed centrally: there are none here.
    state.root = { ...state.root, password: null };
  }
}

/** The roles and keys that `company.ts` tells of. */
function addParapet(site: Site, account: AcmeAccount): void {
  const { environment, externalId, accessKey } = account;
  const tags = tagsOf(environment, "security");
  const trust = [
    {
      Effect: "Allow",
      Principal: { AWS: acmeHub.arn },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    },
  ];
  addRole(site, {
    name: "ParapetScanner",
    description: "Read-only access for Parapet's scans",
    trust,
    attached: ["SecurityAudit", "job-function/ViewOnlyAccess"],
    ageDays: 60,
    tags,
  });
  addRole(site, {
    name: "ParapetRemediator",
    description: "Approved fixes by Parapet",
    trust,
    inline: { fixes: [allow(["s3:PutBucketPublicAccessBlock", "ec2:RevokeSecurityGroupIngress"])] },
    ageDays: 60,
    tags,
  });
  addUser(site, {
    name: "parapet-direct",
    ageDays: 60,
    keys: [{ ageDays: 30, usedDaysAgo: 0, pair: accessKey }],
    groups: ["Parapet"],
    tags,
  });
  if (account.id !== acmeHub.account) return;
  const assumeRoles = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: acmeAccounts.flatMap((one) => [one.roleArn, one.remediatorRoleArn]),
  };
  addGroup(site, { name: "ParapetHub", inline: { "assume-parapet-roles": [assumeRoles] } });
  addUser(site, {
    name: acmeHub.userName,
    ageDays: 60,
    keys: [{ ageDays: 30, usedDaysAgo: 0, service: "sts", pair: acmeHub }],
    groups: ["ParapetHub"],
    tags,
  });
}

/** Roles that services made, and those every account of Acme's has. */
function addServiceRoles(site: Site, environment: Environment): void {
  const serviceLinked = (service: string, name: string): RoleSpec => ({
    name: `AWSServiceRoleFor${name}`,
    path: `/aws-service-role/${service}/`,
    trust: service,
  });
  const roles: RoleSpec[] = [
    serviceLinked("config.amazonaws.com", "Config"),
    serviceLinked("guardduty.amazonaws.com", "AmazonGuardDuty"),
    serviceLinked("rds.amazonaws.com", "RDS"),
    {
      name: "OrganizationAccountAccessRole",
      trust: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999900001111:root" }, Action: "sts:AssumeRole" },
      ],
      attached: ["AdministratorAccess"],
    },
    {
      name: "vpc-flow-logs",
      trust: "vpc-flow-logs.amazonaws.com",
      inline: { deliver: [allow(["logs:CreateLogStream", "logs:PutLogEvents"])] },
    },
  ];
  // Nobody in staging has thought of whom to ask when AWS itself has to help.
  if (environment !== "staging") {
    roles.push({
      name: "acme-support",
      trust: [{ Effect: "Allow", Principal: { AWS: acmeHub.account }, Action: "sts:AssumeRole" }],
      attached: ["AWSSupportAccess"],
    });
  }
  for (const role of roles) addRole(site, { ...role, tags: tagsOf(environment, "platform") });
}

function addProductionPolicies(site: Site): void {
  const tags = tagsOf("production", "platform");
  const legacyAdmin = addPolicy(site, {
    name: "acme-legacy-admin",
    description: "Administrators before the landing zone",
    statements: [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] }],
    ageDays: 2600,
    tags,
  });
  const others: [name: string, description: string, statement: object][] = [
    [
      "acme-everything-but-iam",
      "All services except identities",
      { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" },
    ],
    [
      "acme-admin-with-mfa",
      "Administrators who used their second factor",
      allow("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    ],
    [
      "acme-only-europe",
      "Refuses all other regions",
      {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { StringNotLike: { "aws:RequestedRegion": ["eu-*", "us-east-1"] } },
      },
    ],
    ["acme-all-of-s3", "For the data platform", allow("s3:*")],
  ];
  for (const [name, description, statement] of others) {
    addPolicy(site, { name, description, statements: [statement], tags });
  }
  addRole(site, {
    name: "migration-2019",
    trust: "ec2.amazonaws.com",
    attached: [legacyAdmin],
    hasProfile: true,
    ageDays: 2500,
    tags,
  });
  addRole(site, {
    name: "jenkins-agent",
    trust: "ec2.amazonaws.com",
    inline: { "temporarily-everything": [allow("*")] },
    hasProfile: true,
    tags,
  });
  addRole(site, {
    name: "github-actions-deploy",
    trust: [
      {
        Effect: "Allow",
        Principal: {
          Federated: `arn:aws:iam::${site.account.id}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          StringLike: {
            "token.actions.githubusercontent.com:sub": "repo:acme-payments/*:ref:refs/heads/main",
          },
        },
      },
    ],
    attached: ["PowerUserAccess"],
    tags,
  });
  addRole(site, {
    name: "northwind-reporting",
    description: "Partner access without external id",
    trust: [trustPartner("555566667777"), trustService("quicksight.amazonaws.com")],
    attached: ["AmazonS3ReadOnlyAccess"],
    tags,
  });
  addServerCertificate(site, "www.acme.example-old", -412);
  addServerCertificate(site, "api.acme.example", 201);
}

function trustPartner(account: string): object {
  return { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" };
}
