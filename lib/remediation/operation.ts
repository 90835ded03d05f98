import type { z } from "zod";
import type { AwsAccess, AzureAccess, CloudAccess, GcpAccess } from "#lib/clouds/access.ts";
import type { Cloud, Kind } from "#lib/inventory/model.ts";
import type { Json, PlannedCall, Target, WayBack } from "./model.ts";

export type AccessOf<C extends Cloud> = { aws: AwsAccess; azure: AzureAccess; gcp: GcpAccess }[C];

/** What planning a change of one resource came to. */
export type OperationPlan<State> =
  | { outcome: "change"; after: State; calls: PlannedCall[]; notes?: string[] }
  | { outcome: "nothing"; reason: string }
  | { outcome: "refused"; reason: string };

export type OperationContext = { target: Target; signal: AbortSignal };

/**
 * One kind of change to one kind of resource. Reading and calling are kept apart from deciding: `plan` and `wayBack` are
 * pure, so that what is approved is exactly what is made.
 *
 * `State` is the part of the resource that the change is about, complete enough to restore it exactly, free of secrets,
 * of what changes by itself (such as "last used"), and in one order, whatever order the provider lists it in.
 */
export type Operation<C extends Cloud = Cloud, State extends Json = Json, Params = unknown> = {
  /** `<cloud>.<service>.<verb>`, such as `aws.ec2.restrict-ingress`. */
  id: string;
  cloud: C;
  /** What it does, as a command: "Remove what opens the group to the internet". */
  title: string;
  /** The kinds of resource that it can be done to. */
  kinds: readonly Kind[];
  parameters: z.ZodType<Params>;
  /** Why what it does can't be undone, for an operation of which that is always so. */
  irreversible?: string;
  /** The provider's permissions for `read`. */
  reads: readonly string[];
  /** Every call of the catalogue that its plans and ways back are made of; the write role is summed from these. */
  calls: readonly string[];
  /** Reads the state afresh; null when the resource is gone. Throws what the provider refused. */
  read(access: AccessOf<C>, context: OperationContext): Promise<State | null>;
  /** Pure. What has to be called to bring `state` to what the parameters ask for. */
  plan(state: State, params: Params, target: Target): OperationPlan<State>;
  /**
   * Pure. Whether `present` lies on the way from `before` to `after`, of which the calls made so far have filled in their
   * outputs. For an operation whose plan, made anew half-way, would not be what is left of the first, such as one that
   * makes something new each time; without it, that is how a resumed attempt tells its own work from somebody else's.
   */
  isHalfway?(before: State, after: State, present: State): boolean;
  /**
   * Pure. What has to be called to bring `present` back to `before`. `present` is the state that `plan` led to, or one
   * half-way there, when a call of several failed.
   *
   * @param outputs What the calls made answered, by call id.
   */
  wayBack(before: State, present: State, target: Target, outputs: Readonly<Record<string, Json>>): WayBack;
};

/** Declares an operation: infers its state and parameters for `plan` and `wayBack`. */
export function defineOperation<C extends Cloud, State extends Json, Params>(
  operation: Operation<C, State, Params>,
): Operation {
  // Callers hand on what `read` and `parameters` gave, so the types meet again in `cloud-action.ts`.
  return operation as unknown as Operation;
}

export type CallContext = {
  target: Target;
  /** As `PlannedCall`. */
  region: string;
  /** The same whenever a call of a step is tried again, and no other call's: for client tokens, tags and names. */
  token: string;
  signal: AbortSignal;
  /** Seals something secret that the provider handed out, such as a new key, before anything else can fail. */
  keepSecret(name: string, value: string): Promise<void>;
};

/** One call that a provider's SDK can make, as the catalogue knows it. */
export type CloudCall<C extends Cloud = Cloud, Input = unknown> = {
  /** `<cloud>.<client>.<operation>`, such as `aws.ec2.RevokeSecurityGroupIngress`. */
  api: string;
  cloud: C;
  /** What of a stored plan it takes; an input that doesn't parse is never sent. */
  input: z.ZodType<Input>;
  /** The provider's permissions for it. */
  permissions: readonly string[];
  /** True when it hands `keepSecret` something, so that without a key to seal that with it is not even planned. */
  keepsSecret?: true;
  /**
   * Sends it through the SDK, and waits for what it starts. Answers only what later calls and the way back take.
   * Throws what the provider refused.
   */
  send(access: AccessOf<C>, input: Input, context: CallContext): Promise<Json>;
  /**
   * For what makes something anew: what an earlier attempt with the same token made, or null. Without it the call must be
   * one that can be made twice to the same end.
   */
  find?(access: AccessOf<C>, input: Input, context: CallContext): Promise<Json | null>;
  /** The equivalent command, for a terminal of whoever has the write role. */
  command(input: Input, where: { region: string; account: string }): string;
};

export function defineCall<C extends Cloud, Input>(call: CloudCall<C, Input>): CloudCall {
  return call as unknown as CloudCall;
}

/** Narrows an access to one cloud's. */
export function accessOf<C extends Cloud>(cloud: C, access: CloudAccess): AccessOf<C> {
  if (access.cloud !== cloud) throw new Error(`An account of ${access.cloud} was opened for ${cloud}.`);
  return access as AccessOf<C>;
}
