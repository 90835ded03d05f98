import { z } from "zod";
import type { Severity } from "#lib/checks/model.ts";
import type { ReportFinding, ReportResource, SaidStatus } from "../model.ts";
import { RowProblem } from "../read-rows.ts";
import {
  foreignCheckId,
  importedKind,
  kept,
  loose,
  serviceOfUid,
  shorten,
  slug,
  spellUid,
  uidProblem,
} from "../row-fields.ts";
import { type SarifRule, type SarifRun, scoreOf } from "./sarif-runs.ts";

const place = z.number().int().nullish();

/** What is read of a SARIF result. */
export const resultSchema = z.object({
  ruleId: loose,
  ruleIndex: place,
  rule: z.object({ id: loose, index: place, toolComponent: z.object({ index: place }).nullish() }).nullish(),
  kind: loose,
  level: loose,
  baselineState: loose,
  message: z.object({ text: loose, id: loose, arguments: z.array(z.string()).nullish() }),
  suppressions: z.array(z.object({ status: loose })).nullish(),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: loose, index: place }).nullish(),
            region: z.object({ startLine: place }).nullish(),
          })
          .nullish(),
        logicalLocations: z
          .array(z.object({ fullyQualifiedName: loose, name: loose, kind: loose }))
          .nullish(),
      }),
    )
    .nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});
type Result = z.output<typeof resultSchema>;

/** Makes a finding of one result. Throws RowProblem. */
export function takeResult(run: SarifRun, result: Result): ReportFinding {
  const rule = ruleOf(run, result);
  const name = rule?.id || result.ruleId.trim() || result.rule?.id.trim() || "";
  if (!name) throw new RowProblem("The result names no rule.");
  const { resource, where } = locate(run, result);
  const message = shorten(messageOf(result, rule) || rule?.title || name, kept.reason);
  return {
    account: null,
    check: {
      id: foreignCheckId("sarif", slug(run.tool, "tool", 40).replaceAll(".", "-"), name),
      name,
      source: "sarif",
      title: rule?.title || shorten(name, kept.title),
      severity: severityOfResult(result, rule),
      risk: rule?.risk ?? "",
      remediation: rule?.remediation ?? "",
      url: rule?.url ?? "",
    },
    status: statusOf(result),
    resource,
    reason: shorten(where ? `${message} (${where})` : message, kept.reason),
    observedAt: run.endedAt,
  };
}

function ruleOf(run: SarifRun, { ruleId, ruleIndex, rule }: Result): SarifRule | undefined {
  const component = rule?.toolComponent?.index;
  const index = rule?.index ?? ruleIndex;
  const byPlace = index == null ? undefined : run.rulesByPlace.get(`${component ?? "driver"}/${index}`);
  if (byPlace) return byPlace;
  const id = ruleId.trim() || rule?.id.trim() || "";
  // `CA1000/1` is a part of the rule CA1000.
  return run.rulesById.get(id) ?? run.rulesById.get(id.replace(/\/[^/]*$/, ""));
}

/** Cut before it is filled in as well as afterwards: what is named a thousand times would grow beyond any memory. */
function messageOf({ message }: Result, rule: SarifRule | undefined): string {
  const template = (message.text || rule?.messages.get(message.id) || "").slice(0, kept.reason);
  return template.replace(
    /\{(\d{1,9})\}/g,
    (whole, at: string) => message.arguments?.[Number(at)]?.slice(0, kept.reason) ?? whole,
  );
}

const cloudUid = /^(arn:[a-z-]+:|\/subscriptions\/|\/\/[a-z0-9-]+\.googleapis\.com\/)/i;

/**
 * What a result is about: a cloud resource where a logical location is one's full id, else the file, with the place within
 * it that the tool names. Lines are told, but not part of it: they move with every edit.
 */
function locate(run: SarifRun, result: Result): { resource: ReportResource; where: string } {
  const [location] = result.locations ?? [];
  const logical = location?.logicalLocations?.[0];
  const qualified = logical?.fullyQualifiedName.trim() || "";
  const artifact = location?.physicalLocation?.artifactLocation;
  const uri = artifact?.uri.trim() || run.artifacts[artifact?.index ?? -1]?.trim() || "";
  const line = location?.physicalLocation?.region?.startLine;
  const isCloud = cloudUid.test(qualified);
  const inFile = qualified ? `${uri}#${qualified}` : uri;
  const uid = spellUid(isCloud || !uri ? qualified : inFile);
  if (!uid) throw new RowProblem("The result has no location: neither a file nor a logical location.");
  const problem = uidProblem(uid);
  if (problem) throw new RowProblem(problem);
  const short =
    isCloud || !uri ? uid.split(/[/:]/).findLast(Boolean) : qualified || uri.split("/").findLast(Boolean);
  return {
    resource: {
      uid,
      name: shorten(logical?.name || short || uid, kept.name),
      kind: importedKind(isCloud || !uri ? logical?.kind || "resource" : "file"),
      service: slug(serviceOfUid(uid) ?? "code", "code"),
      region: "global",
      tags: {},
    },
    where: uri ? shorten(line ? `${uri}:${line}` : uri, 400) : "",
  };
}

function statusOf(result: Result): SaidStatus {
  if (result.baselineState === "absent") return "pass";
  const kind = result.kind || "fail";
  if (kind === "pass") return "pass";
  if (kind !== "fail") return "manual";
  const isMuted = (result.suppressions ?? []).some(({ status }) => status === "" || status === "accepted");
  return isMuted ? "muted" : "fail";
}

const byLevel = new Map<string, Severity>([
  ["error", "high"],
  ["warning", "medium"],
  ["note", "low"],
  ["none", "info"],
]);

/** By the score that many tools add, as GitHub reads it; else by SARIF's own level. */
function severityOfResult(result: Result, rule: SarifRule | undefined): Severity {
  const score = scoreOf(result.properties) ?? rule?.score;
  if (score !== undefined) {
    if (score >= 9) return "critical";
    if (score >= 7) return "high";
    if (score >= 4) return "medium";
    return score > 0 ? "low" : "info";
  }
  return byLevel.get(result.level || rule?.level || "warning") ?? "medium";
}
