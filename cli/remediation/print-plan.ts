import { printable, writeColumns } from "../table.ts";
import type { ActionAnswer, PlanAnswer, PlanDetailAnswer } from "./answers.ts";
import { differences } from "./differences.ts";

const write = (line = "") => process.stdout.write(`${printable(line)}\n`);

/** A plan as whoever decides on it reads it: what for, what exactly, the way back, and where it stands. */
export function printPlan(plan: PlanDetailAnswer): void {
  write(`${plan.title} (${plan.playbook})`);
  write(`${plan.id}: ${standing(plan)}`);
  write(`asked for by ${plan.requestedBy.name}: ${plan.reason}`);
  const way = plan.reversible ? "can be rolled back" : "can't be undone";
  write(
    `${plan.resources} ${plan.resources === 1 ? "resource" : "resources"} in ${plan.accountNames.join(", ")}; risk ${plan.risk}; ${way}; takes ${plan.approvalsNeeded} ${plan.approvalsNeeded === 1 ? "approval" : "approvals"}`,
  );
  if (plan.expiresAt) write(`expires ${plan.expiresAt}`);
  for (const { by, decision, reason, at } of plan.decisions) {
    write(
      `${decision === "approve" ? "approved" : "rejected"} by ${by.name} at ${at}${reason ? `: ${reason}` : ""}`,
    );
  }
  if (plan.hash) write(`hash ${plan.hash}`);
  for (const target of plan.document?.targets ?? []) {
    write();
    write(`${target.name}  ${target.kind}  ${target.region}`);
    write(`  ${target.uid}`);
    for (const action of target.actions) printAction(action);
  }
  const begun = plan.targets.filter(({ state }) => state !== "waiting");
  if (begun.length > 0) printProgress(begun);
  for (const { id, name, expiresAt, collectedAt } of plan.secrets) {
    write(
      collectedAt
        ? `${name} was collected at ${collectedAt}.`
        : `${name} waits for who asked, until ${expiresAt}: remediate collect ${id}`,
    );
  }
}

function printAction({ title, plan }: ActionAnswer): void {
  if (plan.outcome !== "change") {
    write(`  ${title}: ${plan.outcome === "nothing" ? "nothing to do" : "can't be done"}. ${plan.reason}`);
    return;
  }
  write(`  ${title}`);
  for (const difference of differences(plan.before, plan.after)) write(`    ${difference}`);
  for (const command of plan.commands) write(`    $ ${command}`);
  if ("irreversible" in plan.wayBack) write(`    no way back: ${plan.wayBack.irreversible}`);
  for (const command of plan.wayBackCommands) write(`    back: $ ${command}`);
  for (const note of plan.notes) write(`    note: ${note}`);
}

function printProgress(targets: PlanDetailAnswer["targets"]): void {
  write();
  const rows = targets.map(({ name, accountName, state, verdicts, error }) => [
    state.replaceAll("_", " "),
    name,
    accountName,
    error ??
      Object.entries(verdicts ?? {})
        .map(([check, verdict]) => `${check}: ${verdict}`)
        .join(", "),
  ]);
  writeColumns(process.stdout, ["state", "resource", "account", "what"], rows, [18, 40, 30, 120]);
}

/** Where it stands, in a few words. */
export function standing(plan: PlanAnswer & Partial<Pick<PlanDetailAnswer, "waitsFor">>): string {
  if (plan.state === "draft" && plan.error) return `could not be planned: ${plan.error}`;
  if (plan.state === "draft") return plan.plannedAt ? "planned, not submitted" : "is being planned";
  const words = plan.state.replaceAll("_", " ");
  const waits = plan.waitsFor;
  if (plan.state === "approved" && waits?.what === "freeze") return "approved; all changes are frozen";
  if (plan.state === "approved" && waits?.what === "window") {
    return `approved; its change window opens ${waits.until ?? "later"}`;
  }
  if (plan.state === "approved" && waits?.what === "start") return "approved; waits to be run";
  return plan.error ? `${words}: ${plan.error}` : words;
}

export function printPlans(plans: readonly PlanAnswer[]): void {
  const rows = plans.map((plan) => [
    plan.requestedAt.slice(0, 16).replace("T", " "),
    plan.id,
    plan.state.replaceAll("_", " "),
    plan.playbook,
    String(plan.resources),
    plan.requestedBy.name,
    plan.reason,
  ]);
  const head = ["asked", "plan", "state", "playbook", "resources", "by", "why"];
  writeColumns(process.stdout, head, rows, [16, 40, 20, 30, 9, 24, 60]);
  process.stderr.write(`${plans.length} ${plans.length === 1 ? "plan" : "plans"}\n`);
}
