import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "#lib/start-error.ts";
import type { Installation } from "./services.ts";

const saidSchema = z.object({ notes: z.array(z.string()).optional(), failure: z.string().optional() });

/**
 * Has a process of its own make what an installation begins with, so that the supervisor holds no connection and stays
 * small. Returns how to sign in, line by line.
 */
export async function setUp(
  { root, log }: Installation,
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string[]> {
  const logFile = log("setup");
  const child = fork(join(root, "cli", "main.ts"), ["set-up"], {
    cwd: root,
    env: { ...variables, NODE_ENV: "production" },
    execPath: process.execPath,
    execArgv: ["--import", new URL("./die-with-parent.ts", import.meta.url).href],
    silent: true,
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => logFile.write(text));
  }
  let said: unknown;
  child.on("message", (message) => {
    said = message;
  });
  await once(child, "close");
  const answer = saidSchema.safeParse(said).data;
  if (answer?.notes) return answer.notes;
  if (answer?.failure) throw new StartError(answer.failure);
  const lines = logFile.lastLines(12).map((line) => `    ${line}`);
  throw new StartError([`The set-up failed. ${logFile.path} ends with:`, ...lines].join("\n"));
}
