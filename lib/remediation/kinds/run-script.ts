import { spawn } from "node:child_process";
import { once } from "node:events";
import { safeWords } from "#lib/clouds/safe-words.ts";
import { pickEnvironment } from "#lib/env.ts";
import { ActionRefused, TryLater } from "../action-handler.ts";
import type { AllowedScript } from "./allowed-scripts.ts";

export type ScriptRun = {
  script: AllowedScript;
  arguments: readonly string[];
  /** For the script to know what it is run for. */
  variables: Record<string, string>;
  signal: AbortSignal;
};

/** More of what it prints is left out. */
const longestOutput = 4_000;
const mostRead = 65_536;
/** What a program ends with that says to try again later (sysexits.h). */
const temporaryFailure = 75;

/**
 * Runs an allowed script without a shell and with hardly an environment, and returns what it printed, bounded and without
 * secrets. Throws `TryLater` when it ends with 75 (EX_TEMPFAIL), `ActionRefused` when it fails otherwise or takes too long:
 * `denied` where it never began.
 */
export async function runScript(run: ScriptRun): Promise<{ exitCode: number; output: string }> {
  const { script, signal } = run;
  signal.throwIfAborted();
  const given = pickEnvironment(...script.environment);
  const child = spawn(script.path, [...run.arguments], {
    cwd: "/",
    env: {
      ...pickEnvironment(),
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      ...given,
      ...run.variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
  let printed = "";
  const take = (chunk: Buffer) => {
    if (printed.length < mostRead) printed += chunk.toString();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  let isLate = false;
  const kill = () => endGroup(child.pid);
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, script.timeoutSeconds * 1000);
  signal.addEventListener("abort", kill, { once: true });
  try {
    const [exitCode] = await once(child, "close").catch((error: unknown) => {
      throw new ActionRefused("denied", `${script.path} could not be started.`, { cause: error });
    });
    const output = redact(printed, Object.values(given));
    if (isLate)
      throw new ActionRefused(
        "failed",
        `It took longer than ${script.timeoutSeconds} s and was ended. ${output}`,
      );
    signal.throwIfAborted();
    if (exitCode === temporaryFailure) throw new TryLater(`It asks to be run later. ${output}`);
    if (exitCode !== 0)
      throw new ActionRefused("failed", `It ended with ${exitCode ?? "a signal"}. ${output}`);
    return { exitCode, output };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  }
}

function endGroup(id: number | undefined): void {
  if (id === undefined) return;
  try {
    process.kill(-id, "SIGKILL");
  } catch (error) {
    // All of it had ended by itself a moment before.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Line by line, without the values that it was given from the environment and without what looks like a secret. */
function redact(printed: string, values: readonly (string | undefined)[]): string {
  // A line that was cut off may hold half of a secret, which nothing would know for one.
  const whole = printed.length < mostRead ? printed : printed.slice(0, printed.lastIndexOf("\n") + 1);
  let text = whole.replace(/-----BEGIN [\s\S]*?(-----END [A-Z0-9 ]+-----|$)/g, "…");
  for (const value of values) if (value && value.length >= 4) text = text.replaceAll(value, "…");
  const lines = text
    .split("\n")
    .map((line) => safeWords("", line).trim())
    .filter(Boolean);
  const joined = lines.join("\n");
  return joined.length > longestOutput ? `${joined.slice(0, longestOutput)}…` : joined;
}
