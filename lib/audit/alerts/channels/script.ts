import { env } from "../../../env.ts";
import { DomainError } from "../../../errors.ts";
import { ActionRefused, TryLater } from "../../../remediation/action-handler.ts";
import {
  type AllowedScript,
  digestOf,
  judgeArguments,
  readAllowedScripts,
} from "../../../remediation/kinds/allowed-scripts.ts";
import { runScript } from "../../../remediation/kinds/run-script.ts";
import type { AlertChannel, AlertNotice } from "../model.ts";
import type { TellContext, Told } from "./tell.ts";

/**
 * A script that whoever runs Parapet has allowed, with its digest. Throws a DomainError (`invalid_input`) for one that
 * isn't, or that isn't allowed these arguments.
 */
export function allowedScript(
  name: string,
  given: readonly string[],
): { script: AllowedScript; sha256: string } {
  const all = readAllowedScripts(env().scripts);
  const script = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!script) throw new DomainError("invalid_input", `No script ${name} is allowed to be run.`);
  judgeArguments(script, given);
  return { script, sha256: digestOf(script) };
}

/** Runs an allowed script, which is told of the alert by its environment. One that was cut off is run again where it may be. */
export async function tellByScript(
  channel: Extract<AlertChannel, { kind: "script" }>,
  notice: AlertNotice,
  { signal, begun, begin }: TellContext,
): Promise<Told> {
  try {
    const { script, sha256 } = allowedScript(channel.script, channel.arguments);
    if (sha256 !== channel.sha256) {
      const error = `${script.path} has changed since the rule was saved. Look at it, and save the rule again.`;
      return { outcome: "refused", error };
    }
    if (begun && !script.repeatable) {
      const error = `${channel.script} was cut off while it ran, and isn't one that may be run again.`;
      return { outcome: "refused", error };
    }
    await begin();
    await runScript({ script, arguments: channel.arguments, variables: variablesOf(notice), signal });
    return { outcome: "told" };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TryLater) return { outcome: "failed", error: error.message.slice(0, 300) };
    if (error instanceof ActionRefused || error instanceof DomainError) {
      return { outcome: "refused", error: error.message.slice(0, 300) };
    }
    throw error;
  }
}

/** One line each: what a name could hold is no line of the script's own. */
const variablesOf = (notice: AlertNotice): Record<string, string> => ({
  PARAPET_ALERT: notice.id,
  PARAPET_ALERT_RULE: notice.rule.name.replace(/[\p{Cc}]+/gu, " "),
  PARAPET_ALERT_COUNT: String(notice.count),
  PARAPET_ALERT_THRESHOLD: String(notice.threshold),
  PARAPET_ALERT_WINDOW_MINUTES: String(notice.windowMinutes),
  PARAPET_ALERT_URL: notice.url,
  PARAPET_ALERT_TEST: notice.test ? "1" : "0",
});
