import type { Operation } from "../operation.ts";
import { accountOperations } from "./accounts.ts";
import { auditOperations } from "./audit.ts";
import { auditAlertOperations } from "./audit-alerts.ts";
import { auditArchiveOperations } from "./audit-archives.ts";
import { auditKeepingOperations } from "./audit-keeping.ts";
import { auditReportOperations } from "./audit-reports.ts";
import { auditStreamOperations } from "./audit-streams.ts";
import { checkOperations } from "./checks.ts";
import { commentOperations } from "./comments.ts";
import { exceptionOperations } from "./exceptions.ts";
import { findingOperations } from "./findings.ts";
import { importOperations } from "./imports.ts";
import { meOperations } from "./me.ts";
import { peopleOperations } from "./people.ts";
import { playbookOperations } from "./playbooks.ts";
import { remediationOperations } from "./remediation.ts";
import { remediationSettingsOperations } from "./remediation-settings.ts";
import { resourceOperations } from "./resources.ts";
import { scanOperations } from "./scans.ts";
import { slaOperations } from "./sla.ts";
import { viewOperations } from "./views.ts";

/** Every operation of /api/v1, in the order of its page. */
export const operations: readonly Operation[] = [
  ...findingOperations,
  ...commentOperations,
  ...exceptionOperations,
  ...viewOperations,
  ...playbookOperations,
  ...remediationOperations,
  ...remediationSettingsOperations,
  ...resourceOperations,
  ...scanOperations,
  ...accountOperations,
  ...checkOperations,
  ...importOperations,
  ...auditOperations,
  ...auditArchiveOperations,
  ...auditKeepingOperations,
  ...auditReportOperations,
  ...auditStreamOperations,
  ...auditAlertOperations,
  ...meOperations,
  ...peopleOperations,
  ...slaOperations,
];
