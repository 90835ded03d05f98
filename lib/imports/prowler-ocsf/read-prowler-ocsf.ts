import { z } from "zod";
import type { ReadReport, ReportFinding, SaidStatus } from "../model.ts";
import { joinSubject, peek, RowProblem, readJsonRows } from "../read-rows.ts";
import {
  cloudOf,
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
  splitPair,
  tagsOf,
  uidProblem,
} from "../row-fields.ts";

/** What is read of a Detection Finding of OCSF 1.x, in the way that Prowler fills it in. */
const eventSchema = z.object({
  metadata: z.object({
    event_code: needed,
    product: z.object({ name: loose, version: loose }).optional(),
  }),
  severity: needed,
  status: loose,
  status_code: needed,
  status_detail: loose,
  message: loose,
  finding_info: z.object({ title: needed, desc: loose }),
  resources: z
    .array(
      z.object({
        uid: needed,
        name: loose,
        type: loose,
        region: loose,
        group: z.object({ name: loose }).nullish(),
        labels: z.array(z.string()).nullish(),
      }),
      "is missing",
    )
    .min(1, "is empty"),
  cloud: z.object({
    account: z.object({ uid: needed }),
    provider: needed,
    region: loose,
  }),
  remediation: z.object({ desc: loose, references: z.array(z.string()).nullish() }).nullish(),
  risk_details: loose,
  time: z.union([z.number(), z.string()]).nullish(),
  unmapped: z.object({ related_url: loose }).nullish(),
});
type Event = z.output<typeof eventSchema>;

const statuses: Readonly<Record<string, SaidStatus>> = {
  PASS: "pass",
  FAIL: "fail",
  MANUAL: "manual",
  MUTED: "muted",
};

/** What Prowler's `-M json-ocsf` writes: one array with an event for each check and resource. */
export const readProwlerOcsf: ReadReport = (report) =>
  readJsonRows(report, null, eventSchema, nameEvent, (event) => {
    const { product } = event.metadata;
    if (product?.name) report.named(shorten(`${product.name} ${product.version}`, 100));
    return takeEvent(event);
  });

const nameEvent = (raw: unknown): string =>
  joinSubject(peek(raw, "metadata", "event_code"), peek(raw, "resources", 0, "uid"));

function takeEvent(event: Event): ReportFinding {
  const { metadata, cloud, remediation, finding_info: info } = event;
  const [resource] = event.resources;
  if (!resource) throw new RowProblem("The row names no resource.");
  const status = statuses[event.status_code.trim().toUpperCase()];
  if (!status)
    throw new RowProblem(`status_code is none of PASS, FAIL and MANUAL: ${shorten(event.status_code, 60)}.`);
  const severity = severityOf(event.severity);
  if (!severity) throw new RowProblem(`severity is none that Parapet knows: ${shorten(event.severity, 60)}.`);
  const provider = cloudOf(cloud.provider);
  if (!provider)
    throw new RowProblem(`Parapet has no accounts of the provider ${shorten(cloud.provider, 60)}.`);
  const uid = spellUid(resource.uid);
  const problem = uidProblem(uid);
  if (problem) throw new RowProblem(problem);
  const name = metadata.event_code.trim();
  const isMuted = status === "fail" && event.status.trim().toLowerCase() === "suppressed";
  return {
    account: { externalId: cloud.account.uid.trim(), cloud: provider },
    check: {
      id: foreignCheckId("prowler", name),
      name,
      source: "prowler",
      title: shorten(info.title, kept.title),
      severity,
      risk: shorten(event.risk_details || info.desc, kept.text),
      remediation: shorten(remediation?.desc ?? "", kept.text),
      url: linkOf(...(remediation?.references ?? []), event.unmapped?.related_url),
    },
    status: isMuted ? "muted" : status,
    resource: {
      uid,
      name: shorten(resource.name || uid, kept.name),
      kind: importedKind(resource.type),
      service: slug(resource.group?.name ?? "", serviceOfUid(uid) ?? "other"),
      region: slug(resource.region || cloud.region, "global", kept.region),
      tags: tagsOf((resource.labels ?? []).map((label) => splitPair(label, ":"))),
    },
    reason: shorten(event.status_detail || event.message || info.title, kept.reason),
    observedAt: event.time == null ? null : (momentOf(event.time) ?? null),
  };
}
