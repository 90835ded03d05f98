import type { CloudAccess } from "#lib/clouds/access.ts";
import type { Cloud, Kind } from "#lib/inventory/model.ts";
import type { ActionPlan, CallRecord, Json, PlannedAction, PlannedTarget, Target } from "./model.ts";

/** What a playbook says of one of its actions, before a target's parameters are filled in. */
export type ActionSpec = {
  kind: string;
  /** Of the kind, such as `aws.ec2.restrict-ingress`, `notify-owner`, the name of an allowed script. */
  operation: string;
  with: { [key: string]: Json };
};

/** What a kind of action says of an action: for the library of playbooks, role templates and the rules of approval. */
export type ActionTraits = {
  /** The cloud whose write identity it takes; null for none. */
  cloud: Cloud | null;
  /** Kinds of resource that it applies to; null for any. */
  kinds: readonly Kind[] | null;
  /** Why it can't be undone; null when it can, or leaves nothing to undo. */
  irreversible: string | null;
  permissions: { read: readonly string[]; write: readonly string[] };
};

/** Of what an action has done, what is known for sure. Whatever it writes is committed when the promise resolves. */
export type Journal = {
  /** Those that ended without an error, with their outputs, by call id. */
  readonly made: ReadonlyMap<string, Json>;
  /** Those that an earlier attempt began, of which nobody knows how they ended. */
  readonly begun: ReadonlySet<string>;
  /** Before the call goes out. */
  begin(callId: string, api: string): Promise<void>;
  end(callId: string, output: Json): Promise<void>;
  /** The provider refused it: nothing was done. */
  fail(callId: string, message: string): Promise<void>;
  keepSecret(name: string, value: string): Promise<void>;
};

export type ActionContext = {
  organisationId: string;
  planId: string;
  target: Target;
  /** The account's clients; opened when first asked for, under the identity that the phase goes by. */
  access(): Promise<CloudAccess>;
  signal: AbortSignal;
};

export type StepContext = ActionContext & {
  /** The whole of what was approved for this resource. */
  planned: PlannedTarget;
  /** Unique to this step, and the same at each attempt. */
  token: string;
  journal: Journal;
};

/** What an action that was carried out leaves behind. */
export type Applied = {
  /** The fresh read afterwards; null for actions that are about no resource, such as a notification. */
  after: Json;
  /** Null when the fresh read is what was planned; else in plain words what differs. */
  differs: string | null;
};

/**
 * Carries out one kind of action. Handlers throw `ActionRefused` for what a person has to look at and `TryLater` for what
 * passes by itself, such as throttling; anything else is taken for a bug and tried again a few times.
 */
export type ActionHandler = {
  kind: string;
  /** Judges an action of a playbook. Throws a DomainError (`invalid_input`) that says what is wrong with it. */
  describe(spec: ActionSpec): ActionTraits;
  /** Reads, and changes nothing. Throws what the provider refused, or a DomainError. */
  plan(spec: ActionSpec, context: ActionContext): Promise<ActionPlan>;
  /** The present state, comparable with the plan's `before`; null for actions that are about no resource. */
  read(action: PlannedAction, context: ActionContext): Promise<Json>;
  /** Makes the planned calls that the journal doesn't know as made. Called again after a crash, with the journal so far. */
  apply(action: PlannedAction, context: StepContext, before: Json): Promise<Applied>;
  /**
   * Brings the resource back to `before`, from the after-image or from half-way there. Throws `ActionRefused` when there
   * is no way back.
   *
   * @param calls The records of what `apply` did.
   * @returns The fresh read afterwards, and how it differs from `before`.
   */
  rollback(
    action: PlannedAction,
    context: StepContext,
    images: { before: Json; after: Json | undefined; calls: readonly CallRecord[] },
  ): Promise<Applied>;
};

/** A person has to look at it: nothing further was done, and trying again would end the same way. */
export class ActionRefused extends Error {
  override readonly name = "ActionRefused";
  readonly reason: "drift" | "denied" | "gone" | "failed" | "irreversible";
  constructor(
    cause: "drift" | "denied" | "gone" | "failed" | "irreversible",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = cause;
  }
}

/** It passes by itself: the step is tried again a little later. */
export class TryLater extends Error {
  override readonly name = "TryLater";
}

const handlers = new Map<string, ActionHandler>();

/**
 * Makes a kind of action known to playbooks. Kinds of one's own are registered before the worker and the web server start
 * to work, in both. Throws when the kind is known already.
 */
export function registerAction(kind: string, handler: Omit<ActionHandler, "kind">): void {
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(kind)) throw new Error(`"${kind}" is no name of a kind of action.`);
  if (handlers.has(kind)) throw new Error(`Actions of kind ${kind} are registered already.`);
  handlers.set(kind, { ...handler, kind });
}

export const actionKinds = (): string[] => [...handlers.keys()].sort();

/** Throws for a kind that nobody registered in this process. */
export function handlerOf(kind: string): ActionHandler {
  const handler = handlers.get(kind);
  if (!handler)
    throw new ActionRefused("failed", `No handler for actions of kind ${kind} is registered here.`);
  return handler;
}
