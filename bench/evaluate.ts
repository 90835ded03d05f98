import { awsChecks } from "#lib/checks/aws/index.ts";
import { type AnyCheck, type Verdict, verdictStatuses } from "#lib/checks/model.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";
import { type Figure, figure } from "./model.ts";
import { makeSampleAccount } from "./sample-account.ts";

type Task = { check: AnyCheck; resources: readonly Resource[] };

const warmUpMs = 500;
const measuredMs = 2_000;

/** Every check of AWS over every resource of its kind in a sample account, again and again on this thread. */
export async function run(): Promise<Figure[]> {
  const resources = makeSampleAccount();
  const related = indexByKind(resources);
  const tasks = awsChecks.map((check) => ({ check, resources: related.of(check.resource).items }));
  const perPass = tasks.reduce((sum, task) => sum + task.resources.length, 0);

  const counts = new Map<Verdict["status"], number>();
  for (const task of tasks)
    evaluateAll(task, related, (status) => counts.set(status, (counts.get(status) ?? 0) + 1));
  // Untimed, so that the compilation of the first passes isn't measured.
  for (const start = performance.now(); performance.now() - start < warmUpMs; )
    for (const task of tasks) evaluateAll(task, related);

  const spentMs = new Map<string, number>();
  let passes = 0;
  const cpuBefore = process.threadCpuUsage();
  const begin = performance.now();
  let now = begin;
  while (now - begin < measuredMs) {
    for (const task of tasks) {
      evaluateAll(task, related);
      const after = performance.now();
      spentMs.set(task.check.id, (spentMs.get(task.check.id) ?? 0) + after - now);
      now = after;
    }
    passes++;
  }
  const seconds = (now - begin) / 1_000;
  const cpu = process.threadCpuUsage(cpuBefore);
  const rates = tasks
    .filter((task) => task.resources.length >= 100)
    .map(({ check, resources: judged }) => ({
      id: check.id,
      rate: (judged.length * passes * 1_000) / (spentMs.get(check.id) ?? 0),
    }))
    .sort((a, b) => a.rate - b.rate);
  const slowest = rates[0];
  return [
    figure("check evaluations, one thread", (perPass * passes) / seconds, "evaluations/s", {
      atLeast: 500_000,
    }),
    // The same without the time that the machine gave to others.
    figure(
      "per second of the thread's CPU time",
      (perPass * passes * 1_000_000) / (cpu.user + cpu.system),
      "evaluations/s",
    ),
    ...(slowest ? [figure(`slowest check (${slowest.id})`, slowest.rate, "evaluations/s")] : []),
    figure("checks", awsChecks.length, "checks"),
    figure("resources", resources.length, "resources"),
    figure("evaluations in one pass", perPass, "evaluations"),
    figure("passes measured", passes, "passes"),
    ...verdictStatuses.map((status) => figure(`verdicts: ${status}`, counts.get(status) ?? 0, "evaluations")),
  ];
}

function evaluateAll(
  { check, resources }: Task,
  related: Index,
  seen?: (status: Verdict["status"]) => void,
): void {
  const evaluate = check.evaluate as unknown as (config: unknown, input: unknown) => Verdict;
  for (const resource of resources) {
    const verdict = evaluate(resource.config, { resource, related, asOf });
    seen?.(verdict.status);
  }
}

const asOf = new Date("2026-01-31T12:00:00Z");
type Index = { of(kind: Kind, region?: string): { items: readonly Resource[]; complete: boolean } };

/** What the engine hands to checks with context: all of a kind, or those of one region. */
function indexByKind(resources: readonly Resource[]): Index {
  const byKey = new Map<string, Resource[]>();
  for (const resource of resources)
    for (const key of [resource.kind, `${resource.kind} ${resource.region}`])
      if (!byKey.get(key)?.push(resource)) byKey.set(key, [resource]);
  return {
    of: (kind, region) => ({ items: byKey.get(region ? `${kind} ${region}` : kind) ?? [], complete: true }),
  };
}
