import { defaultLimits } from "#lib/clouds/limits.ts";
import { type Figure, figure } from "./model.ts";
import { install, peakMemoryMb } from "./scan/installation.ts";
import { findingsWrittenSince, heaviestPair, lastWriter, measureScan } from "./scan/measure.ts";

/** The sandbox's scale at which Acme has some 47,000 resources in the three clouds. */
const scale = 84;
const latencyMs = 50;

/**
 * Scans the sandbox with one worker: a first time, again unchanged, and a first time with every answer delayed.
 * PostgreSQL, the sandbox and the worker share the machine.
 */
export async function run(): Promise<Figure[]> {
  return [...(await measureFresh()), ...(await measureDelayed())];
}

async function measureFresh(): Promise<Figure[]> {
  await using installation = await install(["--scale", String(scale)]);
  const first = await measureScan(installation);
  const peakMb = await peakMemoryMb(installation.worker);
  const writer = await lastWriter(installation);
  const second = await measureScan(installation);
  const written = await findingsWrittenSince(installation, writer);
  const figures = [
    figure("resources", first.resources, "resources"),
    figure("provider calls", first.calls, "calls"),
    figure("coverage gaps", first.gaps, "gaps", { atMost: 0 }),
    figure("findings opened", first.opened, "findings"),
    figure("first scan, enqueued to browsable", first.seconds, "s", { atMost: 60 }),
    figure("second scan, unchanged", second.seconds, "s", { atMost: first.seconds / 2 }),
    figure("findings written by the second scan", written, "rows", { atMost: 0 }),
  ];
  if (peakMb !== null) figures.push(figure("worker's peak memory", peakMb, "MB", { atMost: 600 }));
  return figures;
}

async function measureDelayed(): Promise<Figure[]> {
  await using installation = await install(["--scale", String(scale), "--latency", String(latencyMs)]);
  const scan = await measureScan(installation);
  const floor = ((await heaviestPair(installation)) * latencyMs) / 1000 / defaultLimits.max;
  return [
    figure(`floor with ${latencyMs} ms latency (calls of the busiest account and service)`, floor, "s"),
    figure(`first scan with ${latencyMs} ms latency`, scan.seconds, "s", { atMost: 1.5 * floor }),
  ];
}
