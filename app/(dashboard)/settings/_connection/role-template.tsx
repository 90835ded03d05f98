"use client";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Draft } from "./draft.ts";
import { type RolePermissions, roleFiles } from "./role-files.ts";
import { RoleWays } from "./role-ways.tsx";

/** Ways to get in that use a role made for Parapet; the machine's own identity has one already. */
const madeForIt = ["assume_role", "client_secret", "client_certificate", "impersonate", "workload_identity"];

/** What the identity has to be allowed, as files to take along and what to do with each. */
export function RoleTemplate({
  cloud,
  level,
  draft,
  permissions,
}: {
  cloud: Cloud;
  level: AccountLevel;
  draft: Draft;
  permissions: RolePermissions;
}) {
  return (
    // The way in decides whether it begins open; after that it is the reader's to open and close.
    <details
      key={draft.type}
      open={madeForIt.includes(draft.type)}
      className="group rounded border border-line-strong bg-surface"
    >
      <summary className="flex list-none items-center gap-2.5 px-3.5 py-3 text-14 font-[540]">
        <span
          aria-hidden
          className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
        >
          ›
        </span>
        {cloud === "gcp" ? "The service account and its role" : "The role that it needs"}
        <span className="ml-auto text-13 font-[400] text-ink-faint">reads only</span>
      </summary>
      <div className="border-t border-line px-3.5 pt-1 pb-4">
        <RoleWays
          key={`${cloud}${level}`}
          label="Ways to make the role"
          ways={roleFiles(cloud, level, draft.values, permissions)}
        />
      </div>
    </details>
  );
}
