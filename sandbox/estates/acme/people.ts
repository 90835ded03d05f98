import type { GroupSpec, UserSpec } from "../build/iam.ts";
import type { Environment } from "./company.ts";

const all = (Action: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});

export const groupStories: Record<Environment, GroupSpec[]> = {
  production: [
    { name: "Administrators", attached: ["AdministratorAccess"] },
    { name: "Developers", attached: ["ReadOnlyAccess", "AWSCloudShellFullAccess"] },
    { name: "Deployers", attached: ["PowerUserAccess"] },
    { name: "Finance", inline: { "billing-read": [all(["ce:Get*", "cur:Describe*"])] } },
    { name: "emergency-2020", inline: { "do-anything": [all("*")] } },
    { name: "Parapet", attached: ["SecurityAudit"] },
  ],
  staging: [
    { name: "Developers", attached: ["PowerUserAccess"] },
    { name: "Testers", attached: ["ReadOnlyAccess"] },
    { name: "Parapet", attached: ["SecurityAudit"] },
  ],
  security: [
    { name: "SecurityEngineers", attached: ["SecurityAudit", "job-function/ViewOnlyAccess"] },
    { name: "Parapet", attached: ["SecurityAudit"] },
  ],
};

/** Someone who signs in with a second factor and works every day. */
const employee = (name: string, group: string, ageDays: number, tags = {}): UserSpec => ({
  name,
  ageDays,
  password: { changedDaysAgo: Math.min(ageDays, 60), usedDaysAgo: 1 },
  groups: [group],
  tags,
});

const production: UserSpec[] = [
  employee("lena.fischer", "Developers", 900),
  employee("tomasz.wrobel", "Developers", 1300),
  employee("jonas.berg", "Administrators", 2100, { Name: "Jonas Bergström", Büro: "Zürich" }),
  {
    name: "marcus.wallace",
    ageDays: 2300,
    mfa: "none",
    password: { changedDaysAgo: 700, usedDaysAgo: 391 },
    keys: [{ ageDays: 400, usedDaysAgo: 388, service: "ec2" }],
    groups: ["Administrators"],
    tags: { Status: "left the company, see HR-3321" },
  },
  {
    name: "sofia.alvarez",
    ageDays: 610,
    mfa: "none",
    password: { changedDaysAgo: 200, usedDaysAgo: 3 },
    groups: ["Finance"],
  },
  { ...employee("priya.nair", "Finance", 800), mfa: "hardware" },
  { ...employee("chiara.conti", "Developers", 700), password: { changedDaysAgo: 120, usedDaysAgo: 97 } },
  {
    name: "ci-deployer",
    path: "/service/",
    ageDays: 1500,
    keys: [{ ageDays: 34, usedDaysAgo: 0, service: "sts" }],
    groups: ["Deployers"],
  },
  {
    name: "terraform",
    path: "/service/",
    ageDays: 1480,
    keys: [{ ageDays: 131, usedDaysAgo: 0, service: "iam" }],
    attached: ["AdministratorAccess"],
  },
  {
    name: "accounting-export",
    path: "/service/",
    ageDays: 200,
    keys: [{ ageDays: 200, usedDaysAgo: null }],
    inline: { "read-exports": [all(["s3:GetObject", "s3:ListBucket"])] },
  },
  {
    name: "datadog-legacy",
    path: "/service/",
    ageDays: 1200,
    keys: [
      { ageDays: 1190, usedDaysAgo: 700, isActive: false },
      { ageDays: 20, usedDaysAgo: 1, service: "monitoring" },
    ],
    groups: ["Developers"],
  },
  {
    name: "break-glass",
    ageDays: 950,
    mfa: "hardware",
    password: { changedDaysAgo: 950, usedDaysAgo: null },
    inline: { "everything-in-an-emergency": [all("*")] },
    tags: { Purpose: "sealed envelope in the safe" },
  },
];

const staging: UserSpec[] = [
  employee("sven.lindqvist", "Developers", 500),
  { ...employee("aisha.bello", "Developers", 450), mfa: "none" },
  {
    name: "load-test",
    ageDays: 380,
    keys: [
      { ageDays: 380, usedDaysAgo: 12, service: "ec2" },
      { ageDays: 95, usedDaysAgo: 2, service: "ec2" },
    ],
    attached: ["AmazonEC2FullAccess"],
  },
  {
    name: "contractor-qa",
    ageDays: 240,
    mfa: "none",
    password: { changedDaysAgo: 240, usedDaysAgo: null },
    groups: ["Testers"],
  },
];

const security: UserSpec[] = [
  employee("hannah.osei", "SecurityEngineers", 1000),
  { ...employee("noah.meyer", "SecurityEngineers", 640), mfa: "hardware" },
];

export const userStories: Record<Environment, UserSpec[]> = { production, staging, security };
