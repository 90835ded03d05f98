import { setTimeout as sleep } from "node:timers/promises";
import { ActionRefused } from "../action-handler.ts";
import { isNamed } from "./errors.ts";

const longestPauseMs = 5_000;
/** EC2 may not know at once what it has just made. */
const patienceWithAbsence = 12;

export type Waiting = {
  /** What is waited for, such as `the snapshot`. */
  what: string;
  /** The state as the provider names it; undefined when there is no such thing. */
  read(): Promise<string | undefined>;
  wanted: string;
  /** States that lead nowhere. */
  hopeless?: readonly string[];
  signal: AbortSignal;
};

/** Waits until something is in a state. Throws ActionRefused (`failed`, `gone`) when it won't be, and when `signal` ends it. */
export async function waitFor({ what, read, wanted, hopeless = [], signal }: Waiting): Promise<void> {
  let absences = 0;
  for (let pauseMs = 8; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.6)) {
    signal.throwIfAborted();
    const state = await read().catch((error: unknown) => {
      if (error instanceof Error && error.name.endsWith(".NotFound")) return undefined;
      throw error;
    });
    if (state === wanted) return;
    if (state !== undefined && hopeless.includes(state)) {
      throw new ActionRefused("failed", `${what} is ${state}, and won't become ${wanted}.`);
    }
    if (state === undefined) absences += 1;
    if (absences > patienceWithAbsence) throw new ActionRefused("gone", `${what} is gone.`);
    await sleep(pauseMs, undefined, { signal });
  }
}

/** Makes a call of which an error of one of these names means that it is done already. */
export async function unlessDone(call: Promise<unknown>, ...names: string[]): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isNamed(error, ...names)) throw error;
  }
}
