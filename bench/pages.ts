import { type Figure, figure } from "./model.ts";
import { measureBrowser } from "./pages/browser.ts";
import { chooseFindings, measureBulkChange } from "./pages/bulk-change.ts";
import { percentile, putUnderLoad, type Sample } from "./pages/load.ts";
import { openSeeded, startProduct } from "./pages/product.ts";
import { goalsMs, kindsAsked, readValues } from "./pages/requests.ts";

const people = 10;
const loadSeconds = 90;
const bulk = 100_000;

/**
 * The analyst's pages over a million findings: PostgreSQL, the web interface in its production build and a worker share
 * the machine with ten people, each of whom asks for something once a second.
 */
export async function run(): Promise<Figure[]> {
  await using seeded = await openSeeded();
  await using product = await startProduct(seeded, people);
  const values = await readValues(seeded.database.sql);
  // What is compiled and read into memory at first use is no part of a working day.
  await putUnderLoad(product, values, { seconds: 20, seed: 1 });
  const quiet = await putUnderLoad(product, values, { seconds: loadSeconds, seed: 2 });
  for (const kind of kindsAsked) tellSlowest(quiet.filter((sample) => sample.kind === kind));
  const target = await chooseFindings(seeded, bulk);
  const change = measureBulkChange(seeded, target);
  const beside = await putUnderLoad(product, values, { seconds: 120, seed: 3, until: change });
  const { seconds, changed } = await change;
  const browser = await measureBrowser(product);
  return [
    figure("seeding", seeded.seedSeconds, "s"),
    ...kindsAsked.map((kind) => p95(kind, quiet, goalsMs[kind])),
    figure(`status change, ${changed} findings`, seconds, "s", { atMost: 10 }),
    figure("p95 of all requests while it runs", percentile(timesOf(beside), 0.95), "ms"),
    figure("slowest request while it runs", percentile(timesOf(beside), 1), "ms"),
    figure("findings page usable, after its data, CPU 4 × slowed", browser.usableMs, "ms", { atMost: 1_000 }),
    figure("JavaScript of the findings page, gzip", browser.scriptKb, "kB", { atMost: 250 }),
    figure(
      `frames while scrolling past ${browser.rowsPassed} rows, p95 of ${browser.frames}`,
      browser.framesP95Ms,
      "ms",
    ),
    figure("frames over 50 ms", 100 * browser.slowFrames, "%"),
  ];
}

/** Says on standard error what took longest, to look into. */
function tellSlowest(samples: readonly Sample[]): void {
  const slowest = samples.toSorted((a, b) => b.ms - a.ms).slice(0, 6);
  for (const { ms, address } of slowest)
    process.stderr.write(`${ms.toFixed(0).padStart(6)} ms  ${address}\n`);
}

const timesOf = (samples: readonly Sample[]) => samples.map(({ ms }) => ms);

function p95(kind: Sample["kind"], samples: readonly Sample[], goal: number): Figure {
  const times = timesOf(samples.filter((sample) => sample.kind === kind));
  return figure(`${kind}, p95 of ${times.length}`, percentile(times, 0.95), "ms", { atMost: goal });
}
