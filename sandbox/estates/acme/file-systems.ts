import { addFileSystem } from "../build/efs.ts";
import { inRegion, type Site } from "../build/site.ts";
import { type Environment, tagsOf } from "./company.ts";
import type { AccountKeys } from "./governance.ts";

/** File systems with a story. */
export function addFileSystems(site: Site, environment: Environment, keys: AccountKeys): void {
  if (environment === "production") {
    addFileSystem(site, {
      name: "checkout-receipts",
      kmsKeyArn: keys.data,
      ageDays: 410,
      tags: tagsOf(environment, "checkout"),
    });
    addFileSystem(site, {
      name: "crm-attachments",
      kmsKeyArn: null,
      ageDays: 2350,
      throughput: "bursting",
      tags: tagsOf(environment, "merchants", { Note: "from before encryption could be had at a click" }),
    });
  }
  if (environment === "staging") {
    addFileSystem(inRegion(site, "eu-central-1"), {
      name: "build-cache",
      kmsKeyArn: null,
      ageDays: 630,
      throughput: "bursting",
      tags: tagsOf(environment, "platform"),
    });
  }
  if (environment === "security") {
    addFileSystem(site, {
      name: "forensics",
      kmsKeyArn: keys.data,
      ageDays: 220,
      tags: tagsOf(environment, "security"),
    });
  }
}
