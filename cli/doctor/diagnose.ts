import { type Env, env as readEnv } from "#lib/env.ts";
import { checkAws } from "./aws.ts";
import { checkDatabase } from "./database.ts";
import {
  checkDataDir,
  checkDiskSpace,
  checkInstallScripts,
  checkNode,
  checkUserNamespaces,
} from "./machine.ts";
import { checkSandbox, checkWebPort } from "./network.ts";
import { checkSignIn } from "./sign-in.ts";

export type Finding = {
  name: string;
  /** `skipped`: of no concern for this set-up. */
  status: "good" | "bad" | "skipped";
  detail: string;
  /** What to do about it. */
  advice?: string;
};

/** Looks at everything that has to be right, in the order in which a start needs it. */
export async function diagnose(): Promise<Finding[]> {
  const machine = [checkNode(), checkInstallScripts(), checkUserNamespaces()];
  const env = tryEnv();
  if ("finding" in env) return [...machine, env.finding];
  const { value } = env;
  const looked = [
    checkDataDir(value),
    checkDiskSpace(value),
    await checkWebPort(value),
    await checkDatabase(value),
    await checkSignIn(value),
    await checkSandbox(value),
    await checkAws(value),
  ];
  return [
    ...machine,
    { name: "Environment", status: "good", detail: "every variable is in order" },
    ...looked,
  ];
}

function tryEnv(): { value: Env } | { finding: Finding } {
  try {
    return { value: readEnv() };
  } catch (error) {
    const detail = error instanceof Error ? error.message.replaceAll("\n", " ") : String(error);
    return { finding: { name: "Environment", status: "bad", detail, advice: "See .env.example." } };
  }
}
