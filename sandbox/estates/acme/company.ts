import type { Tags } from "../build/site.ts";

/** Whose environment an account is. */
export type Environment = "production" | "staging" | "security";

export type AccessKeyPair = { accessKeyId: string; secretAccessKey: string };

export type AcmeAccount = {
  id: string;
  name: string;
  environment: Environment;
  /** The read-only role that the hub may assume. */
  roleArn: string;
  /** The role that may change things, for fixes; same hub, same external id. */
  remediatorRoleArn: string;
  externalId: string;
  /** Enabled regions. */
  regions: string[];
  /** A key of a user of the account itself, for clients that don't assume roles. */
  accessKey: AccessKeyPair;
};

/** Regions that exist and that none of the accounts has enabled. */
export const acmeDisabledRegions = ["af-south-1", "ap-east-1", "eu-south-1", "me-south-1"];

const securityAccount = "777788889999";

/** The IAM user by whose key Parapet reaches all accounts. It opens nothing but the sandbox. */
export const acmeHub = {
  account: securityAccount,
  userName: "parapet-hub",
  arn: `arn:aws:iam::${securityAccount}:user/parapet-hub`,
  accessKeyId: "AKIAPARAPETSANDBOX00",
  secretAccessKey: "parapet-sandbox-hub-opens-nothing-real",
};

function describeAccount(id: string, environment: Environment, name: string, n: number): AcmeAccount {
  return {
    id,
    name,
    environment,
    roleArn: `arn:aws:iam::${id}:role/ParapetScanner`,
    remediatorRoleArn: `arn:aws:iam::${id}:role/ParapetRemediator`,
    externalId: `acme-${environment}-5f1c`,
    regions: ["eu-west-1", "eu-central-1", "us-east-1"],
    accessKey: {
      accessKeyId: `AKIAPARAPETSANDBOX0${n}`,
      secretAccessKey: `parapet-sandbox-${environment}-opens-nothing-real`,
    },
  };
}

export const acmeAccounts: AcmeAccount[] = [
  describeAccount("111122223333", "production", "Acme Production", 1),
  describeAccount("444455556666", "staging", "Acme Staging", 2),
  describeAccount(securityAccount, "security", "Acme Security Tooling", 3),
];

export type Team = { name: string; owner: string; costCenter: string; dataClass: string };

/** Acme Payments: who builds what, and whom to ask. */
export const teams = {
  checkout: {
    name: "Checkout",
    owner: "lena.fischer@acme.example",
    costCenter: "CC-4101",
    dataClass: "confidential",
  },
  ledger: {
    name: "Ledger",
    owner: "tomasz.wrobel@acme.example",
    costCenter: "CC-4102",
    dataClass: "restricted",
  },
  payouts: {
    name: "Payouts",
    owner: "aisha.bello@acme.example",
    costCenter: "CC-4103",
    dataClass: "restricted",
  },
  fraud: {
    name: "Fraud",
    owner: "sven.lindqvist@acme.example",
    costCenter: "CC-4104",
    dataClass: "confidential",
  },
  merchants: {
    name: "Merchants",
    owner: "chiara.conti@acme.example",
    costCenter: "CC-4201",
    dataClass: "confidential",
  },
  identity: {
    name: "Identity",
    owner: "noah.meyer@acme.example",
    costCenter: "CC-4301",
    dataClass: "restricted",
  },
  data: {
    name: "Data Platform",
    owner: "mei.tanaka@acme.example",
    costCenter: "CC-4401",
    dataClass: "confidential",
  },
  platform: {
    name: "Platform",
    owner: "jonas.berg@acme.example",
    costCenter: "CC-4501",
    dataClass: "internal",
  },
  marketing: {
    name: "Marketing",
    owner: "sofia.alvarez@acme.example",
    costCenter: "CC-4701",
    dataClass: "public",
  },
  finance: {
    name: "Finance Systems",
    owner: "priya.nair@acme.example",
    costCenter: "CC-4801",
    dataClass: "restricted",
  },
  security: {
    name: "Security",
    owner: "hannah.osei@acme.example",
    costCenter: "CC-4901",
    dataClass: "restricted",
  },
} as const satisfies Record<string, Team>;

export type TeamKey = keyof typeof teams;

/** The tags that Acme's things carry. */
export function tagsOf(environment: Environment, key: TeamKey, more: Tags = {}): Tags {
  const team = teams[key];
  return {
    Owner: team.owner,
    Team: team.name,
    Environment: environment,
    CostCenter: team.costCenter,
    DataClass: team.dataClass,
    ...more,
  };
}

/** The office and the VPN gateways; ranges kept for documentation, so that they are nobody's. */
export const officeCidr = "198.51.100.0/24";
export const vpnCidr = "192.0.2.32/28";
