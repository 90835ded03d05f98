import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import { oneOf, positive, repeatable } from "../options.ts";
import type { PlanDetailAnswer } from "../remediation/answers.ts";
import { checkHash, follow, isPlanned, isStill, type Plans, plansOf } from "../remediation/client.ts";
import { readParameters } from "../remediation/parameters.ts";
import { pickPlaybook } from "../remediation/pick-playbook.ts";
import { printPlan, printPlans, standing } from "../remediation/print-plan.ts";
import { requireRemote } from "../remote/remote.ts";
import { writeJson } from "../table.ts";

const epilogue = `
Every one of these is somebody's act, so it goes through a server: PARAPET_URL and PARAPET_TOKEN.
A plan changes nothing until it was approved by somebody else, and --dry-run leaves nothing behind.
Exit codes: 0 done, 1 not done, 2 carried out but not verified, failed or not restored.`;

type Json = { json?: boolean };

const verb = (name: string, description: string): Command =>
  new Command(name).description(description).option("--json", "print the plan as JSON");

const reason = (command: Command, what: string) => command.option("--reason <text>", what, "");

export const command = (): Command => {
  const remediate = new Command("remediate")
    .description("plan, approve, carry out and roll back fixes (through a server)")
    .addHelpText("after", epilogue);
  for (const each of [plan(), ...deciding(), ...running(), ...reading()]) remediate.addCommand(each);
  return remediate;
};

const plan = (): Command =>
  verb("plan", "plan a fix by reading alone, and show exactly what it would change")
    .option("--finding <id>", "a finding to fix; can be repeated", repeatable, [])
    .option("--playbook <id>", "when several could fix it; `parapet playbooks list` has them")
    .option("--parameter <name=value>", "of the playbook; can be repeated", collect, [])
    .option("--follows <plan>", "the plan that this one finishes")
    .option("--dry-run", "show it, and leave no draft behind")
    .requiredOption("--reason <text>", "why, for whoever decides")
    .action(
      async (
        options: Json & {
          finding: string[];
          playbook?: string;
          parameter: string[];
          follows?: string;
          dryRun?: boolean;
          reason: string;
        },
      ) => {
        const client = requireRemote("plan a fix");
        if (options.finding.length === 0) {
          throw new DomainError("invalid_input", "Name what to fix: --finding fnd_…");
        }
        const playbook = await pickPlaybook(client, options.finding, options.playbook);
        const plans = plansOf(client);
        const planId = await plans.create({
          playbook: playbook.id,
          findingIds: options.finding,
          parameters: readParameters(options.parameter, playbook),
          reason: options.reason,
          ...(options.follows === undefined ? {} : { follows: options.follows }),
        });
        const planned = await follow(plans, planId, { until: isPlanned });
        print(planned, options);
        if (options.dryRun) {
          await plans.cancel(planId);
          process.stderr.write("Nothing was left behind: this was a dry run.\n");
        } else if (planned.error === null) {
          process.stderr.write(`To have it decided on: parapet remediate submit ${planId}\n`);
        }
        if (planned.error !== null) process.exitCode = 1;
      },
    );

const deciding = (): Command[] => [
  verb("submit", "send a plan for approval")
    .argument("<plan>", "its id")
    .option("--no-run", "once approved, wait for `remediate run`")
    .action(async (planId: string, options: Json & { run: boolean }) => {
      const plans = plansOf(requireRemote("submit a plan"));
      const { revision } = await plans.get(planId);
      await plans.submit(planId, { revision, runWhenApproved: options.run });
      print(await plans.get(planId), options);
    }),
  ...(["approve", "reject"] as const).map((decision) =>
    reason(
      verb(decision, `${decision} a plan that somebody else asked for`)
        .argument("<plan>", "its id")
        .requiredOption("--hash <digits>", "of the plan that you have read, 12 digits or more"),
      decision === "reject" ? "why (required)" : "why",
    ).action(async (planId: string, options: Json & { hash: string; reason: string }) => {
      const plans = plansOf(requireRemote(`${decision} a plan`));
      const hash = checkHash(await plans.get(planId), options.hash);
      await plans.decide(planId, { hash, decision, reason: options.reason });
      print(await plans.get(planId), options);
    }),
  ),
];

const running = (): Command[] => [
  verb("run", "begin an approved plan, and wait until it is verified")
    .argument("<plan>", "its id")
    .option("--no-wait", "don't wait for the end")
    .action((planId: string, options: Json & { wait: boolean }) =>
      set("run a plan", planId, options, (plans) => plans.run(planId)),
    ),
  reason(
    verb("rollback", "restore what a plan changed, and wait until that is verified")
      .argument("<plan>", "its id")
      .option("--no-wait", "don't wait for the end"),
    "why (required)",
  ).action((planId: string, options: Json & { wait: boolean; reason: string }) =>
    set("roll a plan back", planId, options, (plans) => plans.rollBack(planId, options.reason)),
  ),
  verb("cancel", "give a plan up before it begins")
    .argument("<plan>", "its id")
    .action((planId: string, options: Json) =>
      set("cancel a plan", planId, { ...options, wait: false }, (plans) => plans.cancel(planId)),
    ),
  new Command("collect")
    .description("print a secret that a fix was handed out, such as a new key: once, to who asked for it")
    .argument("<secret>", "its id, as status prints it")
    .action(async (secretId: string) => {
      const { value } = await plansOf(requireRemote("collect a secret")).collect(secretId);
      process.stdout.write(`${value}\n`);
    }),
];

const lists = ["waiting", "own", "active", "ended", "all"] as const;

const reading = (): Command[] => [
  verb("status", "show a plan, what it changes and where it stands")
    .argument("<plan>", "its id")
    .option("--watch", "until it stands still")
    .action(async (planId: string, options: Json & { watch?: boolean }) => {
      const plans = plansOf(requireRemote("read a plan"));
      print(options.watch ? await watch(plans, planId) : await plans.get(planId), options);
    }),
  verb("history", "list plans, the newest first")
    .option("--list <name>", lists.join(", "), oneOf(lists), "all")
    .option("--finding <id>", "those that fix it")
    .option("--playbook <id>", "those made from it")
    .option("--limit <number>", "plans at most", positive, 100)
    .action(async (options: Json & { list: string; finding?: string; playbook?: string; limit: number }) => {
      const { list, finding, playbook } = options;
      const query = { list, ...(finding ? { finding } : {}), ...(playbook ? { playbook } : {}) };
      const found = await plansOf(requireRemote("read plans")).list(query, options.limit);
      if (options.json) writeJson(found);
      else printPlans(found);
    }),
];

/** Sets a plan in motion and, unless that is not wanted, waits for the end of it. */
async function set(
  what: string,
  planId: string,
  options: Json & { wait: boolean },
  act: (plans: Plans) => Promise<unknown>,
): Promise<void> {
  const plans = plansOf(requireRemote(what));
  await act(plans);
  const plan = options.wait ? await watch(plans, planId) : await plans.get(planId);
  print(plan, options);
  if (["changed_unverified", "failed", "rollback_failed"].includes(plan.state)) process.exitCode = 2;
}

const watch = (plans: Plans, planId: string) =>
  follow(plans, planId, {
    until: isStill,
    tell: (plan) => {
      const done = Object.entries(plan.progress).map(
        ([state, count]) => `${count} ${state.replaceAll("_", " ")}`,
      );
      process.stderr.write(`${standing(plan)} (${done.join(", ")})\n`);
    },
  });

function print(plan: PlanDetailAnswer, { json }: Json): void {
  if (json) writeJson(plan);
  else printPlan(plan);
}

/** As `repeatable`, but that a value may hold commas. */
const collect = (value: string, previous: string[]): string[] => [...previous, value];
