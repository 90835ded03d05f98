import type { FindingDetail } from "#db/findings/model.ts";
import type { ImportedCheck } from "#db/imports/model.ts";
import type { FindingFix, PlaybookOffer } from "#db/remediation/model.ts";
import {
  type Filled,
  fillCommand,
  fillTerraform,
  fillText,
  placeholdersOf,
} from "#lib/checks/fill-remediation.ts";
import { frameworks } from "#lib/compliance/frameworks.ts";
import { findCheck } from "../labels.ts";
import { foldLines, jsonLines, type Stretch } from "./json-lines.ts";

/** All that a finding's panel shows, ready to render: plain values, no catalogue in the browser. */
export type PanelView = Omit<FindingDetail, "resource" | "evidence"> & {
  title: string;
  /** Null for a check that the catalogue no longer has, and for another tool's. */
  check: {
    risk: string;
    remediation: {
      text: string;
      url: string;
      console: readonly string[];
      cli: Filled | null;
      terraform: Filled | null;
    };
  } | null;
  /** Where its fix stands; null as long as none was proposed. */
  fix: FindingFix | null;
  /** The playbooks that fix it. */
  playbooks: { id: string; title: string }[];
  /** What another tool's report says of its check; an empty text for what it leaves out. */
  told: Pick<ImportedCheck, "risk" | "remediation" | "url"> | null;
  resource: Omit<FindingDetail["resource"], "config" | "tags"> & { tags: [key: string, value: string][] };
  /** Where it counts, such as `{ framework: "CIS AWS Foundations Benchmark 7.0", id: "3.1.4", title: "…" }`. */
  controls: { framework: string; id: string; title: string }[];
  evidence: {
    stretches: Stretch[];
    cut: boolean;
    /** Proofs that the configuration as last read no longer holds, as they were. */
    former: { path: string; value: string }[];
  };
};

/** @param imported What is known of the check when it is another tool's. */
export function buildPanelView(
  detail: FindingDetail,
  imported: ImportedCheck | null,
  { fix, offers }: { fix: FindingFix | null; offers: readonly PlaybookOffer[] },
): PanelView {
  const { resource, evidence, account, ...finding } = detail;
  const { config, tags, ...facts } = resource;
  const check = findCheck(detail.checkId);
  const values = placeholdersOf({
    name: resource.name,
    uid: resource.uid,
    region: detail.region,
    account: account.externalId,
  });
  const { lines, missed, cut } = jsonLines(
    config,
    evidence.map(({ path }) => path),
  );
  return {
    ...finding,
    account,
    title: check?.title ?? imported?.title ?? detail.checkId,
    fix,
    playbooks: offers.map(({ playbook: { id, title } }) => ({ id, title })),
    told: imported && { risk: imported.risk, remediation: imported.remediation, url: imported.url },
    check: check
      ? {
          risk: check.risk,
          remediation: {
            text: fillText(check.remediation.text, values),
            url: check.remediation.url,
            console: (check.remediation.console ?? []).map((step) => fillText(step, values)),
            cli: check.remediation.cli ? fillCommand(check.remediation.cli, values) : null,
            terraform: check.remediation.terraform
              ? fillTerraform(check.remediation.terraform, values)
              : null,
          },
        }
      : null,
    controls: frameworks.flatMap(({ name, version, controls }) =>
      controls
        .filter(({ checks }) => checks.includes(detail.checkId))
        .map(({ id, title }) => ({ framework: `${name} ${version}`, id, title })),
    ),
    resource: { ...facts, tags: Object.entries(tags) },
    evidence: {
      stretches: foldLines(lines),
      cut,
      former: evidence
        .filter(({ path }) => missed.includes(path))
        .map(({ path, value }) => ({ path, value: JSON.stringify(value) ?? "null" })),
    },
  };
}
