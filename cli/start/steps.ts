import { styleText } from "node:util";

export type Step = {
  /** What is being done, such as `Building the web interface`. */
  doing: string;
  /** What was done, once it is. */
  done: string;
  /** Takes long enough that it is announced where lines can't be rewritten. */
  isSlow?: boolean;
};

const rewrites = process.stdout.isTTY === true;

/** Runs one step and prints one line for it, with how long it took. `note` may say more of what came of it. */
export type RunStep = <T>(step: Step, run: () => Promise<T>, note?: (value: T) => string) => Promise<T>;

/** @param interrupted Aborted when the operator interrupts: what a step throws from then on is no failure. */
export function stepRunner(interrupted: AbortSignal): RunStep {
  return async (step, run, note) => {
    const began = performance.now();
    if (rewrites) process.stdout.write(`  ${styleText("dim", "…")} ${step.doing}`);
    else if (step.isSlow) process.stdout.write(`  … ${step.doing}\n`);
    try {
      const value = await run();
      const took = ((performance.now() - began) / 1000).toFixed(1);
      const more = note?.(value);
      printLine("green", "✓", `${step.done}${more ? `, ${more}` : ""} ${styleText("dim", `(${took} s)`)}`);
      return value;
    } catch (error) {
      if (interrupted.aborted) printLine("yellow", "–", `${step.doing}: interrupted`);
      else printLine("red", "✗", step.doing);
      throw error;
    }
  };
}

/** A line about something that happened beside the steps, such as a restart. */
export function printEvent(text: string): void {
  printLine("yellow", "!", text);
}

function printLine(color: "green" | "red" | "yellow", sign: string, text: string): void {
  process.stdout.write(`${rewrites ? "\r\u001b[K" : ""}  ${styleText(color, sign)} ${text}\n`);
}
