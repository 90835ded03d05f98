import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { awsChecks } from "#lib/checks/aws/index.ts";
import { figure } from "./model.ts";
import { makeSampleAccount } from "./sample-account.ts";

const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], { encoding: "utf8" });

it.each([[[]], [["nope"]], [["toString"]], [["evaluate", "more"]]])("names the benchmarks for %j", (args) => {
  const { status, stdout, stderr } = bench(...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("There are: audit, evaluate");
});

it("prints one JSON object of measured figures", () => {
  const { status, stdout } = bench("evaluate", "--json");
  expect(status).toBe(0);
  const { name, machine, figures } = JSON.parse(stdout);
  expect(name).toBe("evaluate");
  expect(Object.keys(machine)).toEqual(["cpu", "cores", "memoryGib", "platform", "node"]);
  expect(figures[0]).toMatchObject({ what: "check evaluations, one thread", goal: 500_000 });
  for (const one of figures) expect(Object.keys(one)).toEqual(["what", "value", "unit", "goal", "ok"]);
});

it("judges a figure by its goal", () => {
  expect(figure("a", 2, "s", { atMost: 1 })).toEqual({ what: "a", value: 2, unit: "s", goal: 1, ok: false });
  expect(figure("b", 2, "n/s", { atLeast: 2 })).toEqual({
    what: "b",
    value: 2,
    unit: "n/s",
    goal: 2,
    ok: true,
  });
  expect(figure("c", 2, "MB")).toEqual({ what: "c", value: 2, unit: "MB", goal: null, ok: null });
});

it("has a resource for every check of AWS in the sample account, each with a uid of its own", () => {
  const sample = makeSampleAccount();
  const kinds = new Set(sample.map(({ kind }) => kind));
  expect(awsChecks.filter(({ resource }) => !kinds.has(resource)).map(({ id }) => id)).toEqual([]);
  expect(new Set(sample.map(({ uid }) => uid)).size).toBe(sample.length);
});
