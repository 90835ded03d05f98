import { z } from "zod";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput } from "#lib/mutation.ts";
import type { WebhookSecret } from "#lib/webhook-secrets.ts";
import {
  type ActionContext,
  type ActionHandler,
  ActionRefused,
  type ActionSpec,
  type StepContext,
} from "../action-handler.ts";
import { shellWord } from "../aws/command.ts";
import type { ActionPlan, Json, PlannedAction, PlannedCall } from "../model.ts";
import { postWebhook, urlProblem } from "./post-webhook.ts";

const operation = "post";
const api = "parapet.webhook.Post";

const Settings = z.strictObject({
  url: z.string().max(2_000),
  /** The name of a secret that whoever runs Parapet has set. */
  secret: z.string().max(40),
  /** Handed on as it is. */
  data: z.record(z.string().max(100), z.json()).default({}),
});

const timeoutMs = 10_000;

export type WebhookOptions = {
  secrets?: () => readonly WebhookSecret[];
  /** For tests alone. */
  allowLoopback?: boolean;
};

/**
 * Tells another system of a change, signed as Standard Webhooks has it. It leaves nothing to undo here; rolling back tells
 * the other system so by a webhook of its own.
 */
export function webhookActions(options: WebhookOptions = {}): Omit<ActionHandler, "kind"> {
  const { secrets = () => env().webhookSecrets, allowLoopback = false } = options;

  function settingsOf(spec: ActionSpec): z.output<typeof Settings> {
    if (spec.operation !== operation) {
      throw new DomainError("invalid_input", `Webhooks know the operation ${operation} alone.`);
    }
    const settings = parseInput(Settings, spec.with);
    const problem = urlProblem(settings.url, { allowLoopback });
    if (problem) throw new DomainError("invalid_input", problem);
    if (!secrets().some(({ name }) => name === settings.secret)) {
      throw new DomainError(
        "invalid_input",
        `There is no secret ${settings.secret} for webhooks: it is set by PARAPET_WEBHOOK_SECRETS.`,
      );
    }
    return settings;
  }

  const callOf = (id: string, type: string, spec: ActionSpec, context: ActionContext): PlannedCall => {
    const { url, secret, data } = settingsOf(spec);
    const { target, planId } = context;
    const body = { type, data: { plan: planId, target: { ...target }, values: data as Json } };
    return { id, api, input: { url, secret, body } };
  };

  /** Sends a planned call unless the journal knows it as sent; the receiver knows a repetition by its id. */
  async function make(call: PlannedCall, context: StepContext): Promise<void> {
    if (context.journal.made.has(call.id)) return;
    const input = parseInput(Sent, call.input);
    const keys = secrets().filter(({ name }) => name === input.secret);
    if (keys.length === 0) {
      throw new ActionRefused("denied", `There is no secret ${input.secret} for webhooks any more.`);
    }
    await context.journal.begin(call.id, call.api);
    const status = await postWebhook({
      url: input.url,
      id: `msg_${context.token}-${call.id}`,
      body: JSON.stringify({
        type: input.body.type,
        timestamp: new Date().toISOString(),
        data: input.body.data,
      }),
      secrets: keys.map(({ base64 }) => base64),
      timeoutMs,
      signal: context.signal,
      allowLoopback,
    }).catch(async (error: unknown) => {
      if (error instanceof ActionRefused) await context.journal.fail(call.id, error.message);
      throw error;
    });
    await context.journal.end(call.id, { status });
  }

  return {
    describe(spec) {
      settingsOf(spec);
      return { cloud: null, kinds: null, irreversible: null, permissions: { read: [], write: [] } };
    },

    async plan(spec, context): Promise<ActionPlan> {
      const calls = [callOf("post", "remediation.changed", spec, context)];
      const back = [callOf("post-back", "remediation.rolled_back", spec, context)];
      return {
        outcome: "change",
        before: null,
        after: null,
        calls,
        commands: calls.map(commandOf),
        wayBack: { calls: back },
        wayBackCommands: back.map(commandOf),
        notes: ["What the other system makes of it is its own affair; it is told of a rollback, too."],
      };
    },

    read: async () => null,

    async apply(action, context) {
      if (action.plan.outcome === "change") for (const call of action.plan.calls) await make(call, context);
      return { after: null, differs: null };
    },

    async rollback(action, context, { calls }) {
      const sent = calls.some(({ error }) => error === undefined);
      if (sent) for (const call of wayBackOf(action)) await make(call, context);
      return { after: null, differs: null };
    },
  };
}

const Sent = z.object({
  url: z.string(),
  secret: z.string(),
  body: z.object({ type: z.string(), data: z.json() }),
});

function wayBackOf({ plan }: PlannedAction): PlannedCall[] {
  return plan.outcome === "change" && "calls" in plan.wayBack ? plan.wayBack.calls : [];
}

/** Unsigned: the signature is made when it is sent. */
function commandOf({ input }: PlannedCall): string {
  const body = shellWord(JSON.stringify(input.body));
  return `curl --request POST --header 'Content-Type: application/json' --data ${body} ${shellWord(String(input.url))}`;
}
