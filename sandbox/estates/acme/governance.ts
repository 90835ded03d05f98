import { addAnalyzer, addDetector, addRecorder, addTrail, enableSecurityHub } from "../build/governance.ts";
import { addAlias, addKey } from "../build/kms.ts";
import { inRegion, type Site } from "../build/site.ts";
import { type Environment, tagsOf } from "./company.ts";

/** Keys that the builders of other things refer to. */
export type AccountKeys = { data: string; trail: string };

/** Keys with a story: rotated and not, of every sort that does not rotate, and AWS's own. */
export function addKeys(site: Site, environment: Environment): AccountKeys {
  const tags = tagsOf(environment, "security");
  for (const region of site.account.regions) {
    const here = inRegion(site, region);
    for (const service of ["ebs", "rds"]) {
      addKey(here, {
        alias: `aws/${service}`,
        managedBy: "AWS",
        description: `Default key that protects my ${service.toUpperCase()} data when no other key is defined`,
      });
    }
    addAlias(here, "aws/dynamodb");
  }
  const data = addKey(site, {
    alias: `acme-${environment}-data`,
    description: "Data at rest",
    isRotated: environment !== "staging",
    tags,
  });
  const trail = addKey(site, {
    alias: `acme-${environment}-trail`,
    description: "CloudTrail logs",
    isRotated: true,
    periodDays: 180,
    tags,
  });
  if (environment !== "production") return { data, trail };
  const ledger = tagsOf(environment, "ledger");
  addKey(site, {
    alias: "ledger-2021",
    description: "Ledger entries before 2022",
    ageDays: 1700,
    tags: ledger,
  });
  addKey(site, {
    alias: "card-vault",
    description: "Multi-region key of the card vault",
    isMultiRegion: true,
    isRotated: true,
    tags: tagsOf(environment, "checkout"),
  });
  addKey(site, {
    alias: "payout-signing",
    description: "Signs payout files",
    spec: "RSA_4096",
    usage: "SIGN_VERIFY",
    tags,
  });
  addKey(site, {
    alias: "webhook-mac",
    description: "Signs webhooks",
    spec: "HMAC_256",
    usage: "GENERATE_VERIFY_MAC",
    tags,
  });
  addKey(site, { alias: "imported-hsm", description: "Material from the old HSM", origin: "EXTERNAL", tags });
  addKey(site, {
    alias: null,
    description: "Replaced by ledger-2021",
    state: "PendingDeletion",
    tags: ledger,
  });
  addKey(site, { alias: "legacy-crm", description: "CRM until 2022", state: "Disabled", tags });
  return { data, trail };
}

/** Trails, AWS Config and the services that look for trouble: production has them, staging had them, security watches over all. */
export function addGovernance(site: Site, environment: Environment, keys: AccountKeys): void {
  const tags = tagsOf(environment, "security");
  const [home, second, third] = ["eu-west-1", "eu-central-1", "us-east-1"].map((region) =>
    inRegion(site, region),
  );
  if (!home || !second || !third) return;
  if (environment === "production") {
    addTrail(home, {
      name: "acme-all-regions",
      bucket: "acme-org-cloudtrail",
      isMultiRegion: true,
      isValidated: true,
      kmsKeyArn: keys.trail,
      logGroupArn: `arn:aws:logs:eu-west-1:${site.account.id}:log-group:/cloudtrail/all:*`,
      eventSelectors: [
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
          ExcludeManagementEventSources: [],
        },
      ],
      ageDays: 1100,
      tags,
    });
    addTrail(third, {
      name: "us-team-own",
      bucket: "acme-org-cloudtrail",
      ageDays: 700,
      latestDeliveryError: "AccessDenied",
      tags: tagsOf(environment, "data"),
    });
    addRecorder(home, { bucket: "acme-org-config", includesGlobal: true });
    addRecorder(second, { bucket: "acme-org-config", includesGlobal: false });
    addDetector(home, { tags });
    addDetector(second, { tags });
    addDetector(third, { isEnabled: false });
    addAnalyzer(home, "external-access", "ACCOUNT", { tags });
    // Bought after an audit, for another question: nobody looks for access from outside there.
    addAnalyzer(second, "unused-access", "ACCOUNT_UNUSED_ACCESS", { tags });
    enableSecurityHub(home);
    enableSecurityHub(second);
  }
  if (environment === "staging") {
    addTrail(home, {
      name: "staging-trail",
      bucket: "acme-org-cloudtrail",
      ageDays: 900,
      stoppedDaysAgo: 88,
      tags,
    });
    addRecorder(home, { bucket: "acme-org-config", includesGlobal: false, state: "stopped" });
    addAnalyzer(home, "console-analyzer", "ACCOUNT", { failed: "SERVICE_LINKED_ROLE_CREATION_FAILED" });
  }
  if (environment === "security") {
    addTrail(home, {
      name: "security-all-regions",
      bucket: "acme-org-cloudtrail",
      isMultiRegion: true,
      isValidated: true,
      advancedEventSelectors: [
        { Name: "Management events", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
      ],
      ageDays: 1000,
      tags,
    });
    for (const here of [home, second, third]) {
      addRecorder(here, {
        bucket: "acme-org-config",
        includesGlobal: here === home,
        state: here === third ? "failing" : "recording",
      });
      addDetector(here, { tags });
      addAnalyzer(here, "organization-external-access", "ORGANIZATION", { tags });
      enableSecurityHub(here);
    }
  }
}
