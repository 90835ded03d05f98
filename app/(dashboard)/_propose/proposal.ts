import type { FindingRow } from "#db/findings/model.ts";
import type { FindingFix, PlaybookView, RemediationSettings } from "#db/remediation/model.ts";
import type { Kind } from "#lib/inventory/model.ts";
import { askedParameters } from "./asked-parameters.ts";
import { isUnderWay } from "./under-way.ts";

/** One of the chosen findings, as far as proposing a fix shows it. */
export type ProposedFinding = Pick<FindingRow, "id" | "checkId" | "severity" | "reason"> & {
  resource: { id: string; name: string };
  account: { id: string; name: string };
};

export type OfferedPlaybook = Pick<
  PlaybookView,
  | "id"
  | "title"
  | "description"
  | "risk"
  | "approvals"
  | "irreversible"
  | "leftToPeople"
  | "parameters"
  | "source"
>;

/** A playbook that fixes some of the chosen findings. */
export type FixOption = {
  playbook: OfferedPlaybook;
  /** What a plan of it takes: findings of as many resources as one plan may change, in the order of the selection. */
  taken: ProposedFinding[];
  resources: number;
  /** What it fixes beyond that. */
  beyond: { findings: number; resources: number };
  /** Of the chosen findings, those that it doesn't fix, by why. */
  others: LeftOut[];
};

/** Findings that stay as they are, and why. */
export type LeftOut = { findings: number; title: string } & (
  | { why: "other_playbook"; playbooks: string[] }
  | { why: "no_playbook" | "imported" | "resolved" }
  | { why: "under_way"; planId: string }
);

export type Proposal = {
  chosen: number;
  options: FixOption[];
  /** All of the chosen findings, where no playbook fixes any. */
  unfixable: LeftOut[];
  maxResources: number;
  freeze: RemediationSettings["freeze"];
};

type Sorted = { finding: FindingRow; why: "resolved" | "imported" | "under_way" | null; planId: string };

/** Which playbooks fix which of the chosen findings, the one that fixes most first. */
export function arrangeProposal({
  rows,
  playbooks,
  fixes,
  titleOf,
  kindOf,
  maxResources,
  freeze,
}: {
  rows: readonly FindingRow[];
  playbooks: readonly PlaybookView[];
  fixes: ReadonlyMap<string, FindingFix>;
  titleOf: (checkId: string) => string;
  /** The kind of resource that a check judges; undefined for one that the catalogue no longer has. */
  kindOf: (checkId: string) => Kind | undefined;
  maxResources: number;
  freeze: RemediationSettings["freeze"];
}): Proposal {
  const sorted: Sorted[] = rows.map((finding) => {
    const fix = fixes.get(finding.id);
    const busy = fix !== undefined && isUnderWay(fix.state);
    const why =
      finding.source !== "parapet"
        ? "imported"
        : finding.status === "resolved"
          ? "resolved"
          : busy
            ? "under_way"
            : null;
    return { finding, why, planId: busy ? fix.id : "" };
  });
  const fixersOf = (checkId: string) => playbooks.filter(({ fixes: checks }) => checks.includes(checkId));
  const leftOut = (without: PlaybookView | null): LeftOut[] => {
    const groups = new Map<string, LeftOut>();
    for (const { finding, why, planId } of sorted) {
      if (why === null && without?.fixes.includes(finding.checkId)) continue;
      const key = `${why ?? ""} ${planId} ${finding.checkId}`;
      const known = groups.get(key);
      if (known) known.findings += 1;
      else
        groups.set(key, { findings: 1, title: titleOf(finding.checkId), ...reasonOf(finding, why, planId) });
    }
    return [...groups.values()];
  };
  const reasonOf = (finding: FindingRow, why: Sorted["why"], planId: string) => {
    if (why === "under_way") return { why, planId };
    if (why !== null) return { why };
    const others = fixersOf(finding.checkId);
    return others.length > 0
      ? { why: "other_playbook" as const, playbooks: others.map(({ title }) => title) }
      : { why: "no_playbook" as const };
  };
  const factsOf = (taken: readonly FindingRow[]) =>
    [...Map.groupBy(taken, ({ resource }) => resource.id).values()].flatMap((findings) => {
      const checks = findings.map(({ checkId }) => checkId);
      const [first] = findings;
      const kind = kindOf(first?.checkId ?? "");
      return first && kind ? [{ target: { cloud: first.account.cloud, kind }, checks }] : [];
    });
  const options = playbooks
    .map((playbook): FixOption => {
      const fixed = sorted.flatMap(({ finding, why }) =>
        why === null && playbook.fixes.includes(finding.checkId) ? [finding] : [],
      );
      const resources = [...new Set(fixed.map(({ resource }) => resource.id))];
      const within = new Set(resources.slice(0, maxResources));
      const taken = fixed.filter(({ resource }) => within.has(resource.id));
      return {
        playbook: { ...offered(playbook), parameters: askedParameters(playbook, factsOf(taken)) },
        taken: taken.map(proposed),
        resources: within.size,
        beyond: { findings: fixed.length - taken.length, resources: resources.length - within.size },
        others: leftOut(playbook),
      };
    })
    .filter(({ taken }) => taken.length > 0)
    .sort((a, b) => b.taken.length - a.taken.length);
  return {
    chosen: rows.length,
    options,
    unfixable: options.length === 0 ? leftOut(null) : [],
    maxResources,
    freeze,
  };
}

const offered = (playbook: PlaybookView): OfferedPlaybook => {
  const { id, title, description, risk, approvals, irreversible, leftToPeople, parameters, source } =
    playbook;
  return { id, title, description, risk, approvals, irreversible, leftToPeople, parameters, source };
};

const proposed = ({ id, checkId, severity, reason, resource, account }: FindingRow): ProposedFinding => ({
  ...{ id, checkId, severity, reason },
  resource: { id: resource.id, name: resource.name },
  account: { id: account.id, name: account.name },
});
