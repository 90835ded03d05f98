import { testCheck } from "#lib/checks/test-check.ts";
import { datasetPublicAccess } from "./dataset-public-access.ts";

const grant = (member: string, role: string | null) => ({ member, role, condition: null });
const example = (...access: ReturnType<typeof grant>[]) => ({
  config: { createdAt: null, type: "DEFAULT", access, defaultKmsKey: null },
});
const owners = grant("projectOwners", "OWNER");

testCheck(datasetPublicAccess, {
  pass: [
    example(owners, grant("domain:acme.example", "READER")),
    example(owners, grant("view:acme.reports.totals", null)),
  ],
  fail: [
    [example(owners, grant("allAuthenticatedUsers", "READER")), "READER is granted to every Google account."],
    [
      example(grant("allUsers", "roles/bigquery.dataViewer")),
      "roles/bigquery.dataViewer is granted to everyone.",
    ],
    [
      example(grant("allUsers", "READER"), owners, grant("allAuthenticatedUsers", "WRITER")),
      "READER is granted to everyone. WRITER is granted to every Google account.",
    ],
  ],
  unknown: [{ config: { defaultKmsKey: null } }],
});
