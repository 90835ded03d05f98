import { z } from "zod";
import type { ForeignCheck, ReadReport, ReportFinding, SaidStatus } from "../model.ts";
import { joinSubject, peek, RowProblem, readJsonRows } from "../read-rows.ts";
import {
  foreignCheckId,
  importedKind,
  kept,
  linkOf,
  loose,
  momentOf,
  needed,
  serviceOfUid,
  severityOf,
  shorten,
  slug,
  spellUid,
  tagsOf,
  uidProblem,
} from "../row-fields.ts";

/** What is read of the AWS Security Finding Format, 2018-10-08. */
const findingSchema = z.object({
  AwsAccountId: z.string("is missing").regex(/^\d{12}$/, "is not an account id of 12 digits"),
  GeneratorId: needed,
  Title: needed,
  Description: loose,
  ProductName: loose,
  ProductFields: z.record(z.string(), z.string()).nullish(),
  Severity: z.object({ Label: loose, Normalized: z.number().nullish() }),
  Compliance: z.object({ Status: loose, SecurityControlId: loose }).nullish(),
  RecordState: loose,
  Workflow: z.object({ Status: loose }).nullish(),
  Region: loose,
  Resources: z
    .array(
      z.object({
        Id: needed,
        Type: loose,
        Region: loose,
        Tags: z.record(z.string(), z.string()).nullish(),
      }),
      "is missing",
    )
    .min(1, "is empty"),
  Remediation: z.object({ Recommendation: z.object({ Text: loose, Url: loose }).nullish() }).nullish(),
  UpdatedAt: loose,
  LastObservedAt: loose,
  CreatedAt: loose,
});
type Finding = z.output<typeof findingSchema>;

/** What `aws securityhub get-findings` prints, or an array of findings as other tools export them. */
export const readAsff: ReadReport = (report) =>
  readJsonRows(report, "Findings", findingSchema, nameFinding, (finding) => {
    report.named(finding.ProductName ? shorten(finding.ProductName, 100) : "Security Hub");
    return takeFinding(finding);
  });

const nameFinding = (raw: unknown): string =>
  joinSubject(
    peek(raw, "Compliance", "SecurityControlId") || peek(raw, "GeneratorId") || peek(raw, "Id"),
    peek(raw, "Resources", 0, "Id"),
  );

function takeFinding(finding: Finding): ReportFinding {
  const [resource] = finding.Resources;
  if (!resource) throw new RowProblem("The row names no resource.");
  const severity = severityOf(finding.Severity.Label) ?? bySeverityNumber(finding.Severity.Normalized);
  if (!severity)
    throw new RowProblem(
      `Severity.Label is none that Parapet knows: ${shorten(finding.Severity.Label, 60)}.`,
    );
  const uid = spellUid(resource.Id).replace(/^AWS::::Account:(\d{12})$/, "arn:aws:iam::$1:root");
  const problem = uidProblem(uid);
  if (problem) throw new RowProblem(problem);
  const advice = finding.Remediation?.Recommendation;
  return {
    account: { externalId: finding.AwsAccountId, cloud: "aws" },
    check: {
      ...checkOf(finding),
      title: shorten(finding.Title, kept.title),
      severity,
      risk: shorten(finding.Description, kept.text),
      remediation: shorten(advice?.Text ?? "", kept.text),
      url: linkOf(advice?.Url),
    },
    status: statusOf(finding),
    resource: {
      uid,
      name: shorten(uid.split(/[/:]/).findLast(Boolean) ?? uid, kept.name),
      kind: importedKind(resource.Type),
      service: slug(serviceOfUid(uid) ?? "", "other"),
      region: slug(regionOf(uid, resource.Region || finding.Region), "global", kept.region),
      tags: tagsOf(Object.entries(resource.Tags ?? {})),
    },
    reason: shorten(finding.Title, kept.reason),
    observedAt: momentOf(finding.UpdatedAt || finding.LastObservedAt || finding.CreatedAt) ?? null,
  };
}

/** Findings of what has no region are told in the one that Security Hub runs in. */
const regionOf = (uid: string, region: string): string =>
  /^arn:[a-z-]+:(iam|cloudfront|route53):/.test(uid) ? "" : region;

/** Security Hub's own controls by their id; Prowler's checks, which it can also write as ASFF, by theirs. */
function checkOf(finding: Finding): Pick<ForeignCheck, "id" | "name" | "source"> {
  const prowler = /^prowler-(.+)$/.exec(finding.GeneratorId.trim())?.[1];
  if (prowler) return { id: foreignCheckId("prowler", prowler), name: prowler, source: "prowler" };
  const fields = finding.ProductFields ?? {};
  const generator = finding.GeneratorId.trim();
  const name =
    finding.Compliance?.SecurityControlId.trim() ||
    fields.ControlId?.trim() ||
    /(?:security-control|aws-foundational-security-best-practices\/v\/[\d.]+)\/([A-Za-z0-9]+\.\d+)$/.exec(
      generator,
    )?.[1] ||
    generator.replace(/^arn:[a-z-]+:[a-z]*:[a-z0-9-]*:\d*:+/, "");
  return { id: foreignCheckId("security_hub", name), name, source: "security_hub" };
}

function statusOf({ RecordState, Workflow, Compliance }: Finding): SaidStatus {
  // Security Hub archives what it has stopped judging: a control turned off, a resource that is gone.
  if (RecordState.trim().toUpperCase() === "ARCHIVED") return "withdrawn";
  const status = Compliance?.Status.trim().toUpperCase() ?? "";
  if (status === "PASSED") return "pass";
  if (status === "WARNING" || status === "NOT_AVAILABLE") return "manual";
  if (status !== "FAILED" && status !== "") {
    throw new RowProblem(`Compliance.Status is none of ASFF's: ${shorten(status, 60)}.`);
  }
  return Workflow?.Status.trim().toUpperCase() === "SUPPRESSED" ? "muted" : "fail";
}

/** ASFF's older scale from 0 to 100. */
function bySeverityNumber(normalized: number | null | undefined) {
  if (normalized == null) return undefined;
  if (normalized >= 90) return "critical";
  if (normalized >= 70) return "high";
  if (normalized >= 40) return "medium";
  return normalized >= 1 ? "low" : "info";
}
