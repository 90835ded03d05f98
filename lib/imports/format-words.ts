import type { ImportFormat } from "#db/imports/schema.ts";

/** What each format is called to people. */
export const formatNames: Readonly<Record<ImportFormat, string>> = {
  prowler_ocsf: "Prowler (JSON-OCSF)",
  prowler_csv: "Prowler (CSV)",
  asff: "AWS Security Hub (ASFF)",
  sarif: "SARIF 2.1.0",
};
