import type { AccessTable } from "../model.ts";
import { accounts } from "./accounts.ts";
import { audit } from "./audit.ts";
import { auditKeeping } from "./audit-keeping.ts";
import { auditPages } from "./audit-pages.ts";
import { auditReports } from "./audit-reports.ts";
import { auditStreamTable } from "./audit-streams.ts";
import { auth } from "./auth.ts";
import { findings } from "./findings.ts";
import { imports } from "./imports.ts";
import { plans } from "./plans.ts";
import { proposals } from "./proposals.ts";
import { remediation } from "./remediation.ts";
import { resources } from "./resources.ts";
import { scans } from "./scans.ts";
import { settings } from "./settings.ts";
import { tokens } from "./tokens.ts";

/** Who may call what, by area. */
export const accessTable: AccessTable = {
  ...auth,
  ...scans,
  ...accounts,
  ...findings,
  ...resources,
  ...remediation,
  ...plans,
  ...proposals,
  ...settings,
  ...tokens,
  ...auditStreamTable,
  ...imports,
  ...audit,
  ...auditKeeping,
  ...auditPages,
  ...auditReports,
};
