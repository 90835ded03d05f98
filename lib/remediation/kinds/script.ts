import { z } from "zod";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput } from "#lib/mutation.ts";
import { type ActionHandler, ActionRefused, type ActionSpec, type StepContext } from "../action-handler.ts";
import { shellWord } from "../aws/command.ts";
import type { ActionPlan, PlannedAction, PlannedCall, Target } from "../model.ts";
import { type AllowedScript, digestOf, judgeArguments, readAllowedScripts } from "./allowed-scripts.ts";
import { runScript } from "./run-script.ts";

const api = "parapet.script.Run";

const Settings = z.strictObject({
  /** `{uid}`, `{name}`, `{region}`, `{account}` and `{kind}` in them stand for the resource's. */
  arguments: z.array(z.string().max(1_000)).max(20).default([]),
});
const Input = z.object({ script: z.string(), sha256: z.string(), arguments: z.array(z.string()) });

/**
 * Runs a program that whoever runs Parapet has allowed, with an array of arguments and never by a shell. The operation is
 * the script's name in the file that PARAPET_SCRIPTS names.
 */
export function scriptActions(
  file: () => string | undefined = () => env().scripts,
): Omit<ActionHandler, "kind"> {
  function scriptOf(name: string): { script: AllowedScript; all: Record<string, AllowedScript> } {
    const all = readAllowedScripts(file());
    const script = Object.hasOwn(all, name) ? all[name] : undefined;
    if (script) return { script, all };
    throw new DomainError("invalid_input", `No script ${name} is allowed to be run.`);
  }

  function callOf(id: string, name: string, given: readonly string[]): PlannedCall {
    const { script } = scriptOf(name);
    return { id, api, input: { script: name, sha256: digestOf(script), arguments: [...given] } };
  }

  const commandOf = ({ input }: PlannedCall): string => {
    const { script, arguments: given } = Input.parse(input);
    return [scriptOf(script).script.path, ...given].map(shellWord).join(" ");
  };

  /** Runs a planned call unless the journal knows it as run. What may have run is run again only where that is allowed. */
  async function make(call: PlannedCall, context: StepContext, phase: "apply" | "undo"): Promise<void> {
    const { journal, target, planId, token, signal } = context;
    if (journal.made.has(call.id)) return;
    const input = Input.parse(call.input);
    const { script } = refusingWrong(() => scriptOf(input.script));
    if (refusingWrong(() => digestOf(script)) !== input.sha256) {
      throw new ActionRefused("drift", `${script.path} has changed since it was approved.`);
    }
    refusingWrong(() => judgeArguments(script, input.arguments));
    if (journal.begun.has(call.id) && !script.repeatable) {
      throw new ActionRefused(
        "failed",
        `${input.script} was cut off while it ran, and nobody knows how far it came. It isn't one that may be run again.`,
      );
    }
    await journal.begin(call.id, call.api);
    const variables = {
      PARAPET_PHASE: phase,
      PARAPET_PLAN: planId,
      PARAPET_STEP: token,
      PARAPET_TARGET: target.uid,
    };
    const ran = await runScript({ script, arguments: input.arguments, variables, signal }).catch(
      async (error: unknown) => {
        // One that failed after it had begun may have done half of its work, which the way back has to know.
        if (error instanceof ActionRefused && error.reason === "denied") {
          await journal.fail(call.id, error.message);
        }
        throw error;
      },
    );
    await journal.end(call.id, ran);
  }

  return {
    describe({ operation, with: given }) {
      const { script } = scriptOf(operation);
      parseInput(Settings, given);
      return {
        cloud: null,
        kinds: null,
        irreversible: script.undo === undefined ? irreversible(operation) : null,
        permissions: { read: [], write: [] },
      };
    },

    async plan(spec, { target }): Promise<ActionPlan> {
      const { script } = scriptOf(spec.operation);
      const given = argumentsFor(spec, target);
      judgeArguments(script, given);
      const calls = [callOf("run", spec.operation, given)];
      const back = script.undo === undefined ? null : [callOf("undo", script.undo, given)];
      return {
        outcome: "change",
        before: null,
        after: null,
        calls,
        commands: calls.map(commandOf),
        wayBack: back ? { calls: back } : { irreversible: irreversible(spec.operation) },
        wayBackCommands: (back ?? []).map(commandOf),
        notes: [
          `${script.title}: a program of your own, whose effects Parapet can't read. It has ${script.timeoutSeconds} s.`,
        ],
      };
    },

    read: async () => null,

    async apply({ plan }, context) {
      if (plan.outcome === "change") for (const call of plan.calls) await make(call, context, "apply");
      return { after: null, differs: null };
    },

    async rollback(action, context, { calls }) {
      if (calls.length > 0) for (const call of wayBackOf(action)) await make(call, context, "undo");
      return { after: null, differs: null };
    },
  };
}

const irreversible = (name: string): string => `What the script ${name} does has no script that undoes it.`;

function wayBackOf({ plan }: PlannedAction): PlannedCall[] {
  if (plan.outcome !== "change") return [];
  if ("irreversible" in plan.wayBack) throw new ActionRefused("irreversible", plan.wayBack.irreversible);
  return plan.wayBack.calls;
}

function argumentsFor(spec: ActionSpec, target: Target): string[] {
  const parts: Record<string, string> = {
    uid: target.uid,
    name: target.name,
    region: target.region,
    account: target.account,
    kind: target.kind,
  };
  return parseInput(Settings, spec.with).arguments.map((argument) =>
    argument.replace(/\{(uid|name|region|account|kind)\}/g, (whole, part: string) => parts[part] ?? whole),
  );
}

/** What was right when it was planned and is wrong now is for a person to look at. */
function refusingWrong<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) throw new ActionRefused("denied", error.message, { cause: error });
    throw error;
  }
}
