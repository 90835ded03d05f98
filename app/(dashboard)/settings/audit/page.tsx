import type { Metadata } from "next";

export const metadata: Metadata = { title: "Keeping the audit trail" };

export default function KeepingPage() {
  return null;
}
