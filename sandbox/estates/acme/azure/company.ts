import type { Environment } from "../company.ts";

/** Acme's Microsoft Entra tenant. */
export const acmeTenant = {
  id: "6a1f0c52-8d5e-4b1c-9f3a-2c7e5b90d411",
  name: "Acme Payments",
  domain: "acmepayments.onmicrosoft.com",
};

export type AcmeSubscription = { id: string; name: string; environment: Environment; locations: string[] };

const locations = ["westeurope", "northeurope", "germanywestcentral", "eastus"];

/** The shops' apps in production, and what analysts try out in staging. */
export const acmeSubscriptions: [AcmeSubscription, AcmeSubscription] = [
  {
    id: "0d2b6e7a-41f3-4c58-a9d6-7e13f2c4a801",
    name: "Acme Apps",
    environment: "production",
    locations,
  },
  {
    id: "b7c94d10-5a2e-4f87-8c31-96d0e4f7b302",
    name: "Acme Data",
    environment: "staging",
    locations,
  },
];

export type AcmePrincipal = {
  appId: string;
  objectId: string;
  displayName: string;
  /** It opens nothing but the sandbox. */
  clientSecret: string;
};

/** The application by which Parapet reads: Reader of both subscriptions, and what it must read of the directory. */
export const acmeScanner: AcmePrincipal = {
  appId: "3f8e2a6d-7c14-4e95-b0a8-51d9c6e7f204",
  objectId: "91c5d7e3-2b68-4a0f-8d14-e3f7a2b6c905",
  displayName: "Parapet Scanner",
  clientSecret: "parapet-sandbox-scanner-opens-nothing-real",
};

/** The application that may change things, for fixes. */
export const acmeRemediator: AcmePrincipal = {
  appId: "c40d9b71-6e2f-4853-97ad-8b1f0e5c3d06",
  objectId: "27f6b8a4-9d01-4c3e-b572-0a8d4e6f1c07",
  displayName: "Parapet Remediator",
  clientSecret: "parapet-sandbox-remediator-opens-nothing-real",
};

/** What the scanner may do in a subscription: Azure's own Reader, and the few readings that Azure counts as actions. */
export const scannerActions: string[] = ["*/read"];

/** What the scanner may read of the directory. */
export const scannerGraphPermissions: string[] = [
  "Application.Read.All",
  "AuditLog.Read.All",
  "Policy.Read.All",
  "User.Read.All",
];

/** What the application for fixes may do in the directory: what it changes, it reads first and afterwards. */
export const remediatorGraphPermissions: string[] = [
  ...scannerGraphPermissions,
  "Application.ReadWrite.All",
  "Policy.ReadWrite.ConditionalAccess",
  "Policy.ReadWrite.SecurityDefaults",
];
