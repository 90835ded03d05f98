import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** The types that look for access from outside the account or the organization. */
const externalTypes = ["ACCOUNT", "ORGANIZATION"];

export const externalAccess = defineCheck({
  id: "aws.accessanalyzer.external-access",
  title: "Access Analyzer looks for access from outside",
  severity: "medium",
  resource: "aws.accessanalyzer.region",
  permissions: ["access-analyzer:ListAnalyzers"],
  risk: "Without an analyzer nobody is told when a policy lets strangers into a bucket, a key, a role or a queue of this region. Analyzers of unused access answer another question, and those of other regions see nothing here.",
  remediation: {
    text: "Create an analyzer of external access in every region; it costs nothing. Delete one that failed or is disabled first, since a region takes only one of an account.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-external.html",
    console: [
      "Open IAM's Access Analyzer in region {region}, Analyzer settings.",
      "Delete an analyzer of external access that failed or is disabled.",
      "Create analyzer, with Resource analysis - External access and the current account as its zone of trust.",
    ],
    cli: "aws accessanalyzer create-analyzer --region {region} --analyzer-name external-access --type ACCOUNT",
    terraform: `resource "aws_accessanalyzer_analyzer" "external" {
  analyzer_name = "external-access"
  type          = "ACCOUNT"
}`,
  },
  evaluate: ({ analyzers }) => {
    if (analyzers === undefined) return unknown("Access Analyzer's analyzers");
    const external = analyzers.filter(({ type }) => externalTypes.includes(type));
    if (external.some(({ status }) => status === "ACTIVE")) return pass();
    const [idle] = external;
    if (idle) {
      const why = idle.statusReason === null ? "" : ` (${idle.statusReason})`;
      const path = `/analyzers/${analyzers.indexOf(idle)}/status`;
      return fail(`Analyzer ${idle.name} is ${idle.status}${why}, not ACTIVE.`, path);
    }
    return analyzers.length === 0
      ? fail("Access Analyzer has no analyzer in this region.", "/analyzers")
      : fail("No analyzer in this region looks for access from outside.", "/analyzers");
  },
});
