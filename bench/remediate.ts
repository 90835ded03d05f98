import { once } from "node:events";
import { type Figure, figure } from "./model.ts";
import { measureOverhead } from "./remediate/overhead.ts";
import { measurePlan, prepare } from "./remediate/plan.ts";
import { install } from "./scan/installation.ts";

const resources = 25;

/**
 * A plan for 25 security groups from proposal to proof on the sandbox without latency, the way back of one step, and what
 * the engine adds to a step. PostgreSQL, the sandbox and one worker share the machine.
 */
export async function run(): Promise<Figure[]> {
  await using installation = await install(["--scale", "48"]);
  const people = await prepare(installation);
  // What is compiled and read into memory at first use is no part of a working day.
  await measurePlan(installation, people, { resources: 2, skip: resources });
  const whole = await measurePlan(installation, people, { resources, skip: 0 });
  const single = await measurePlan(installation, people, { resources: 1, skip: resources + 2 });
  installation.worker.kill("SIGTERM");
  await once(installation.worker, "exit");
  await measureOverhead(installation, people, resources);
  const overhead = await measureOverhead(installation, people, resources);
  return [
    figure("security groups planned, carried out and verified", whole.resources, "resources"),
    figure("planned, carried out and verified", whole.planned + whole.fixed, "s", { atMost: 5 }),
    figure("of that, planned", whole.planned, "s"),
    figure("of that, carried out and verified", whole.fixed, "s"),
    figure("rolled back, and verified", whole.restored, "s"),
    figure("one step rolled back", single.stepBack, "s", { atMost: 1 }),
    figure("one step rolled back, and verified by a scan", single.restored, "s"),
    figure("what the engine adds to a step, mean", overhead.mean, "ms", { atMost: 20 }),
    figure("what the engine adds to a step, 95th percentile", overhead.p95, "ms"),
    // Without the time that the machine gave to others.
    figure("of the worker's own CPU time", overhead.cpu, "ms"),
    figure("one empty question to the database, meanwhile", overhead.roundTrip, "ms"),
  ];
}
