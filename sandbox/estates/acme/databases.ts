import { addCluster, addDatabase, addDatabaseSnapshot } from "../build/rds.ts";
import { inRegion, type Site } from "../build/site.ts";
import { type Environment, tagsOf } from "./company.ts";
import type { Groups } from "./firewalls.ts";
import type { AccountKeys } from "./governance.ts";
import type { Networks } from "./networks.ts";

/** Databases with a story. */
export function addDatabases(
  site: Site,
  environment: Environment,
  networks: Networks,
  groups: Groups,
  keys: AccountKeys,
): void {
  const network = networks["eu-west-1"];
  const internal = ["corp-internal", "staging-web", "siem-ingest"].flatMap((name) => groups.get(name) ?? []);
  const base = { network, groups: internal };
  if (environment === "production") {
    addCluster(site, {
      ...base,
      name: "ledger",
      kmsKeyArn: keys.data,
      instanceClass: "db.r6g.2xlarge",
      tags: tagsOf(environment, "ledger"),
    });
    addDatabase(site, {
      ...base,
      name: "checkout-main",
      kmsKeyArn: keys.data,
      isMultiAz: true,
      backupDays: 30,
      tags: tagsOf(environment, "checkout"),
    });
    addDatabase(site, {
      ...base,
      name: "legacy-crm",
      engine: "mysql",
      engineVersion: "5.7.44",
      instanceClass: "db.m4.large",
      kmsKeyArn: null,
      hasMinorUpgrades: false,
      isProtected: false,
      backupDays: 0,
      ageDays: 2400,
      tags: tagsOf(environment, "merchants", { Note: "unencrypted since the 2019 import" }),
    });
    addDatabaseSnapshot(site, "legacy-crm-before-cutover", "legacy-crm", { ageDays: 620, isPublic: true });
    addDatabaseSnapshot(site, "checkout-main-2025", "checkout-main", { ageDays: 60 });
    const america = inRegion(site, "us-east-1");
    addDatabase(america, {
      name: "reporting-us",
      network: networks["us-east-1"],
      groups: ["split-world-ssh"].flatMap((name) => groups.get(name) ?? []),
      kmsKeyArn: null,
      isPublic: true,
      isProtected: false,
      tags: tagsOf(environment, "data", { Reason: "BI tool of the US team" }),
    });
  }
  if (environment === "staging") {
    addDatabase(site, {
      ...base,
      name: "staging-copy-of-prod",
      kmsKeyArn: null,
      isPublic: true,
      hasMinorUpgrades: false,
      isProtected: false,
      status: "stopped",
      tags: tagsOf(environment, "checkout", { DataClass: "restricted" }),
    });
  }
  if (environment === "security") {
    addDatabase(site, {
      ...base,
      name: "case-management",
      kmsKeyArn: keys.data,
      isMultiAz: true,
      tags: tagsOf(environment, "security"),
    });
  }
}
