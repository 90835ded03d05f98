"use client";
import { useRouter } from "next/navigation";
import type { Cloud } from "#lib/inventory/model.ts";
import { ConnectAccount } from "../../../_connection/connect-account.tsx";

/** The form; what it connects is then watched being scanned. */
export function ConnectPage(props: {
  initialCloud: Cloud | undefined;
  suggestedExternalId: string;
  environments: readonly string[];
}) {
  const router = useRouter();
  return (
    <ConnectAccount
      {...props}
      roleTemplate={() => null}
      onConnected={({ scanId }) => router.push(`/scans/${scanId}`)}
    />
  );
}
