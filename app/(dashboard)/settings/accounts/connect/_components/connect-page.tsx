"use client";
import { useRouter } from "next/navigation";
import type { Cloud } from "#lib/inventory/model.ts";
import { ConnectAccount } from "../../../_connection/connect-account.tsx";
import type { RolePermissions } from "../../../_connection/role-files.ts";
import { RoleTemplate } from "../../../_connection/role-template.tsx";

/** The form; what it connects is then watched being scanned. */
export function ConnectPage({
  permissions,
  ...props
}: {
  initialCloud: Cloud | undefined;
  suggestedExternalId: string;
  environments: readonly string[];
  permissions: RolePermissions;
}) {
  const router = useRouter();
  return (
    <ConnectAccount
      {...props}
      roleTemplate={(about) => <RoleTemplate {...about} permissions={permissions} />}
      onConnected={({ scanId }) => router.push(`/scans/${scanId}`)}
    />
  );
}
