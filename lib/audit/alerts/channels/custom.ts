import { z } from "zod";
import { safeWords } from "../../../clouds/safe-words.ts";
import { DomainError } from "../../../errors.ts";
import { openChannel } from "../channel-secret.ts";
import { alertHandlerOf } from "../handler.ts";
import type { AlertChannel, AlertNotice } from "../model.ts";
import type { TellContext, Told } from "./tell.ts";

const Settings = z.record(z.string(), z.string());
const timeoutMs = 30_000;

/** Has a handler tell that was registered in this process. */
export async function tellByCustom(
  channel: Extract<AlertChannel, { kind: "custom" }>,
  notice: AlertNotice,
  { organisationId, ruleId, signal }: TellContext,
): Promise<Told> {
  const handler = alertHandlerOf(channel.handler);
  if (!handler) {
    return { outcome: "failed", error: `No alert handler ${channel.handler} is registered in this worker.` };
  }
  let settings: Record<string, string>;
  try {
    settings = Settings.parse(
      JSON.parse(openChannel({ organisationId, ruleId, channelId: channel.id }, channel)),
    );
  } catch (error) {
    if (error instanceof DomainError) return { outcome: "failed", error: error.message };
    throw error;
  }
  const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    await endingWith(ended, handler.tell(notice, { settings, signal: ended }));
    return { outcome: "told" };
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: "failed", error: wordsOf(error, Object.values(settings)) };
  }
}

/** A handler that doesn't heed its signal is not waited for any longer. */
function endingWith(signal: AbortSignal, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("It took too long and was ended.")), {
      once: true,
    });
    work.then(resolve, reject);
  });
}

/** What it threw, bounded and without the values that it was given. */
function wordsOf(error: unknown, secrets: readonly string[]): string {
  let text = error instanceof Error ? error.message : "It failed without saying why.";
  for (const secret of secrets) if (secret.length >= 4) text = text.replaceAll(secret, "…");
  return safeWords("", text).slice(0, 300);
}
