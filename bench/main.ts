import { cpus, totalmem } from "node:os";
import type { Benchmark, Figure } from "./model.ts";

/** Loaded only when named, so that one benchmark's dependencies don't weigh on another. */
const benchmarks: Record<string, () => Promise<Benchmark>> = {
  audit: () => import("./audit.ts"),
  evaluate: () => import("./evaluate.ts"),
  pages: () => import("./pages.ts"),
  plans: () => import("./plans.ts"),
  remediate: () => import("./remediate.ts"),
  scan: () => import("./scan.ts"),
};

const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
});

function formatTable(name: string, figures: Figure[]): string {
  const { cpu, cores, memoryGib, node } = machine();
  const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });
  const rows = figures.map(({ what, value, unit, goal, ok }) => [
    what,
    number.format(value),
    unit,
    goal === null ? "" : `goal ${number.format(goal)}`,
    ok === null ? "" : ok ? "met" : "missed",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return `${name}, on ${cores} × ${cpu}, ${memoryGib} GiB, Node ${node}\n\n${lines.join("\n")}\n`;
}

async function main(argv: string[]): Promise<number> {
  const json = argv.includes("--json");
  const [name, ...rest] = argv.filter((argument) => argument !== "--json");
  const load = name !== undefined && Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (!name || !load || rest.length) {
    const names = Object.keys(benchmarks).join(", ");
    process.stderr.write(
      name && !load
        ? `There is no benchmark "${name}". There are: ${names}.\n`
        : `Usage: npm run bench -- NAME [--json]. There are: ${names}.\n`,
    );
    return 1;
  }
  const { run } = await load();
  const figures = await run();
  process.stdout.write(
    json ? `${JSON.stringify({ name, machine: machine(), figures })}\n` : formatTable(name, figures),
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
