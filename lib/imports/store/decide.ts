import type { VerdictStatus } from "#lib/checks/model.ts";
import { equivalentsOf, singletonKinds } from "../equivalents.ts";
import type { ImportJob } from "../hold-import.ts";
import type { ReadRow, ReportFinding, SaidStatus } from "../model.ts";
import { type JudgedResource, type Known, type KnownAccount, keyOf } from "./known.ts";
import { accountOf } from "./look-up.ts";

/** What the rows of a batch come to; every row is in one of the first five. */
export type Decisions = {
  created: Act[];
  /** Reopened, reworded or resolved. */
  updated: Act[];
  unchanged: number;
  duplicates: Duplicate[];
  rejections: { row: number; subject: string; reason: string }[];
  /** What is to be remembered of what was said. */
  said: Said[];
  /** Findings imported before of what Parapet judges by now. */
  superseded: string[];
};

export type Said = {
  accountId: string;
  uid: string;
  checkId: string;
  verdict: SaidStatus;
  observedAt: Date;
};

export type Act = {
  kind: "open" | "reopen" | "reword" | "resolve";
  accountId: string;
  finding: ReportFinding;
  observedAt: Date;
  /** Null for one that is to be opened. */
  findingId: string | null;
};

export type Duplicate = {
  row: number;
  subject: string;
  checkId: string;
  nativeCheckId: string;
  said: "pass" | "fail";
  judged: VerdictStatus;
  contradicts: boolean;
};

/** Of two words on one thing at one moment, the graver counts. */
const gravity: Readonly<Record<SaidStatus, number>> = { fail: 4, muted: 3, manual: 2, withdrawn: 1, pass: 0 };

type Taken = { row: number; accountId: string; finding: ReportFinding; observedAt: Date; key: string };

/** Decides what becomes of each row of a batch. */
export function decide(job: ImportJob, rows: readonly ReadRow[], known: Known): Decisions {
  const decisions: Decisions = {
    created: [],
    updated: [],
    unchanged: 0,
    duplicates: [],
    rejections: [],
    said: [],
    superseded: [],
  };
  const newest = new Map<string, Taken>();
  for (const row of rows) {
    const taken = takeRow(job, row, known, decisions);
    if (!taken) continue;
    const rival = newest.get(taken.key);
    if (rival && !isNewer(taken.finding.status, taken.observedAt, rival.finding.status, rival.observedAt)) {
      decisions.unchanged += 1;
      continue;
    }
    if (rival) decisions.unchanged += 1;
    newest.set(taken.key, taken);
  }
  for (const taken of newest.values()) settle(taken, known, decisions);
  return decisions;
}

/** The row if there is anything to settle about it; else it has been counted. */
function takeRow(job: ImportJob, read: ReadRow, known: Known, decisions: Decisions): Taken | undefined {
  const { row, subject, finding } = read;
  const reject = (reason: string) => {
    decisions.rejections.push({ row, subject, reason });
    return undefined;
  };
  if (!finding) return reject(read.reason);
  const account = accountOf(known.accounts, job, finding);
  if (!account?.isUsable) return reject(explainAccount(finding));
  const observedAt = new Date(Math.min((finding.observedAt ?? job.createdAt).getTime(), known.now.getTime()));
  const duplicate = findDuplicate(account, finding, known);
  if (duplicate && (finding.status === "pass" || finding.status === "fail")) {
    decisions.duplicates.push({
      row,
      subject: finding.resource.uid,
      ...duplicate,
      checkId: finding.check.id,
      said: finding.status,
    });
    const resource = known.resources.get(keyOf(account.id, finding.resource.uid));
    const stored = resource && known.findings.get(keyOf(resource.id, finding.check.id));
    if (stored?.status === "open") decisions.superseded.push(stored.id);
    return undefined;
  }
  const resource = known.resources.get(keyOf(account.id, finding.resource.uid));
  if (finding.status === "fail" && resource?.deletedAt && resource.deletedAt < observedAt) {
    return reject(
      `Parapet's scan of ${resource.deletedAt.toISOString().slice(0, 10)} found the resource gone. If it is back, scan the account and import the file again.`,
    );
  }
  const key = keyOf(account.id, finding.resource.uid, finding.check.id);
  return { row, accountId: account.id, finding, observedAt, key };
}

function explainAccount({ account }: ReportFinding): string {
  if (!account)
    return "The account that the import was for is gone. Choose another and import the file again.";
  const clouds = { aws: "AWS account", azure: "Azure subscription", gcp: "Google Cloud project" };
  const name = account.externalId.length > 80 ? `${account.externalId.slice(0, 80)}…` : account.externalId;
  return `${clouds[account.cloud]} ${name} is not connected, or not one that you see. Connect it, or ask an administrator to show it to you, and import the file again.`;
}

const isNewer = (status: SaidStatus, at: Date, thanStatus: SaidStatus, thanAt: Date): boolean =>
  at > thanAt || (at.getTime() === thanAt.getTime() && gravity[status] > gravity[thanStatus]);

function settle({ accountId, finding, observedAt, key }: Taken, known: Known, decisions: Decisions): void {
  const before = known.said.get(key);
  if (before && !isNewer(finding.status, observedAt, before.verdict, before.observedAt)) {
    decisions.unchanged += 1;
    return;
  }
  const { uid } = finding.resource;
  decisions.said.push({ accountId, uid, checkId: finding.check.id, verdict: finding.status, observedAt });
  const resource = known.resources.get(keyOf(accountId, uid));
  const stored = resource && known.findings.get(keyOf(resource.id, finding.check.id));
  const act = { accountId, finding, observedAt, findingId: stored?.id ?? null };
  if (finding.status === "fail") {
    if (resource?.deletedAt) decisions.unchanged += 1;
    else if (!stored) decisions.created.push({ ...act, kind: "open" });
    else if (stored.status === "resolved") decisions.updated.push({ ...act, kind: "reopen" });
    else if (stored.reason !== finding.reason || stored.severity !== finding.check.severity)
      decisions.updated.push({ ...act, kind: "reword" });
    else decisions.unchanged += 1;
    return;
  }
  const isOver = finding.status === "pass" || finding.status === "withdrawn";
  if (isOver && stored?.status === "open") decisions.updated.push({ ...act, kind: "resolve" });
  else decisions.unchanged += 1;
}

/** Parapet's own verdict on that very resource, if one of its checks asks the same. */
function findDuplicate(
  account: KnownAccount,
  finding: ReportFinding,
  known: Known,
): Pick<Duplicate, "nativeCheckId" | "judged" | "contradicts"> | undefined {
  for (const { checkId, kind, isExact } of equivalentsOf(finding.check)) {
    const judged = theResource(known.judged.get(account.id) ?? [], kind, finding)?.verdicts[checkId];
    if (!judged) continue;
    const differs = (judged === "pass" || judged === "fail") && judged !== finding.status;
    return { nativeCheckId: checkId, judged, contradicts: isExact && differs };
  }
  return undefined;
}

/**
 * The resource of a kind that a row is about. By its uid, whose case differs between Azure's services; the only one there
 * is of what stands for a whole account or region; or the only one of its name, since Prowler gives names for Google Cloud.
 */
function theResource(
  resources: readonly JudgedResource[],
  kind: string,
  { resource }: ReportFinding,
): JudgedResource | undefined {
  const ofKind = resources.filter((each) => each.kind === kind);
  const uid = resource.uid.toLowerCase();
  const byUid = ofKind.find((each) => each.uid.toLowerCase() === uid);
  if (byUid) return byUid;
  if (singletonKinds.has(kind)) {
    const here = ofKind.filter((each) => !kind.endsWith(".region") || each.region === resource.region);
    return here.length === 1 ? here[0] : undefined;
  }
  if (/^(arn:|\/subscriptions\/|\/\/)/i.test(resource.uid)) return undefined;
  const named = ofKind.filter((each) => each.name === resource.name || each.name === resource.uid);
  return named.length === 1 ? named[0] : undefined;
}
