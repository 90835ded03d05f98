import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { configuredAnchors } from "#lib/audit/anchors/configured.ts";
import { databaseUrl, env } from "#lib/env.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { provideSandboxKeys } from "#lib/setup/provide-sandbox-keys.ts";
import { stackOf } from "#lib/stack-of.ts";
import { whyNoTrial } from "#lib/trial/allowed.ts";

export const command = () =>
  new Command("worker")
    .description("take scans and other jobs until stopped; run as many as you like")
    .option("--concurrency <number>", "units read at the same time", parsePlaces)
    .action(runWorker);

/** Takes jobs until SIGTERM or SIGINT, then gives back what is under way and ends. */
async function runWorker(options: { concurrency?: number }): Promise<void> {
  await provideSandboxKeys();
  const worker = await startWorker({
    databaseUrl: databaseUrl(),
    anchors: configuredAnchors(),
    ...(whyNoTrial() === null ? { trials: { dataDir: env().dataDir, scale: env().sandboxScale } } : {}),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    onError: (error, what) => {
      process.stderr.write(`${new Date().toISOString()} ${what}: ${stackOf(error)}\n`);
    },
  });
  process.stdout.write(`${new Date().toISOString()} worker ${worker.id} takes jobs\n`);
  process.send?.("ready");
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  await worker.stop();
  process.stdout.write(`${new Date().toISOString()} worker ${worker.id} stopped\n`);
  process.exit(0);
}

function parsePlaces(text: string): number {
  const places = Number(text);
  if (!Number.isInteger(places) || places < 1 || places > 64) {
    throw new InvalidArgumentError("It must be a whole number from 1 to 64.");
  }
  return places;
}
