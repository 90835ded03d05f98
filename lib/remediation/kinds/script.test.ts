import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { ActionRefused, TryLater } from "../action-handler.ts";
import type { Json } from "../model.ts";
import { Crashed, TestJournal } from "../test-journal.ts";
import { scriptActions } from "./script.ts";
import { plannedAction, testStep } from "./test-step.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-scripts-"));
afterAll(() => rmSync(folder, { recursive: true }));
const list = join(folder, "scripts.json");

function program(name: string, lines: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, mode);
  return path;
}
function allow(scripts: Record<string, object>, mode = 0o644) {
  writeFileSync(list, JSON.stringify(scripts));
  chmodSync(list, mode);
  return scriptActions(() => list);
}
const show = program("show.sh", 'printf "%s|" "$@"; env | sort');
const common = { title: "Show what it gets", path: show, arguments: [".*", ".*"], timeoutSeconds: 30 };

async function planned(handler: ReturnType<typeof scriptActions>, operation: string, given: string[] = []) {
  const values: Record<string, Json> = { arguments: given };
  const plan = await handler.plan({ kind: "script", operation, with: values }, testStep());
  return plannedAction("script", operation, values, plan);
}
const outputOf = (journal: TestJournal): unknown => journal.records[0]?.output;

describe("a script", () => {
  it("gets its arguments one by one, hardly an environment, and no shell", async () => {
    vi.stubEnv("SHOW_TOKEN", "hunter2-hunter2");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "never");
    const handler = allow({ show: { ...common, environment: ["SHOW_TOKEN"] } });
    const step = testStep();
    const action = await planned(handler, "show", ["{name}; rm -rf $HOME", "$(id) `id` {uid}"]);
    await handler.apply(action, step, null);
    expect(outputOf(step.journal)).toEqual({
      exitCode: 0,
      output: [
        "acme-site; rm -rf $HOME|$(id) `id` arn:aws:s3:::acme-site|LANG=C.UTF-8",
        "PARAPET_PHASE=apply",
        "PARAPET_PLAN=pln_1",
        "PARAPET_STEP=stp_1",
        "PARAPET_TARGET=arn:aws:s3:::acme-site",
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "PWD=…",
        "SHOW_TOKEN=…",
      ].join("\n"),
    });
    expect(action.plan).toMatchObject({
      commands: [`${show} 'acme-site; rm -rf $HOME' '$(id) \`id\` arn:aws:s3:::acme-site'`],
      wayBack: { irreversible: "What the script show does has no script that undoes it." },
    });
    expect(handler.describe({ kind: "script", operation: "show", with: {} }).irreversible).toMatch(
      /no script/,
    );
    await expect(
      handler.rollback(action, testStep(), { before: null, after: null, calls: step.journal.records }),
    ).rejects.toMatchObject({ reason: "irreversible" });
  });

  it("is undone by the script that the list names", async () => {
    const undo = program("undo.sh", 'echo "$PARAPET_PHASE $1"');
    const handler = allow({ show: { ...common, undo: "undo" }, undo: { ...common, path: undo } });
    const action = await planned(handler, "show", ["a"]);
    const step = testStep();
    await handler.apply(action, step, null);
    const back = testStep();
    await handler.rollback(action, back, { before: null, after: null, calls: step.journal.records });
    expect(outputOf(back.journal)).toEqual({ exitCode: 0, output: "undo a" });
    const nothing = testStep();
    await handler.rollback(action, nothing, { before: null, after: null, calls: [] });
    expect(nothing.journal.records).toEqual([]);
  });

  it("is run once, and again after a crash only where that is allowed", async () => {
    const marks = join(folder, "marks");
    const mark = program("mark.sh", `echo run >> ${marks}`);
    for (const repeatable of [false, true]) {
      rmSync(marks, { force: true });
      const handler = allow({ mark: { ...common, path: mark, repeatable } });
      const action = await planned(handler, "mark");
      const step = testStep({ journal: new TestJournal({ call: 1, when: "sent" }) });
      await expect(handler.apply(action, step, null)).rejects.toThrow(Crashed);
      const again = handler.apply(action, step, null);
      if (repeatable) await expect(again).resolves.toEqual({ after: null, differs: null });
      else await expect(again).rejects.toThrow("cut off while it ran");
      const done = handler.apply(action, step, null);
      if (repeatable) await done;
      else await expect(done).rejects.toThrow(ActionRefused);
      expect(readFileSync(marks, "utf8")).toBe(repeatable ? "run\nrun\n" : "run\n");
    }
  });

  it("that was changed after the approval is not run", async () => {
    const ran = join(folder, "ran");
    const path = program("swap.sh", "echo one");
    const handler = allow({ swap: { ...common, path } });
    const action = await planned(handler, "swap");
    program("swap.sh", `touch ${ran}`);
    await expect(handler.apply(action, testStep(), null)).rejects.toMatchObject({ reason: "drift" });
    expect(existsSync(ran)).toBe(false);
  });

  it.each<[string, typeof TryLater | typeof ActionRefused, RegExp]>([
    ["exit 75", TryLater, /asks to be run later/],
    ["echo password=hunter2; exit 3", ActionRefused, /^It ended with 3\. password=…$/],
    ["sleep 60 & sleep 60", ActionRefused, /took longer than 1 s/],
  ])("that ends by %s fails", async (lines, expected, words) => {
    const handler = allow({ fails: { ...common, path: program("fails.sh", lines), timeoutSeconds: 1 } });
    const failing = handler.apply(await planned(handler, "fails"), testStep(), null);
    await expect(failing).rejects.toThrow(expected);
    await expect(failing).rejects.toThrow(words);
  });

  it("that fails half-way is undone, and one that never began is not", async () => {
    const undo = program("undo.sh", 'echo "$PARAPET_PHASE"');
    const half = program("half.sh", "echo half; exit 3");
    const missing = program("no-shell.sh", "");
    writeFileSync(missing, "#!/no/such/shell\n");
    for (const [path, undone] of [
      [half, [{ exitCode: 0, output: "undo" }]],
      [missing, []],
    ] as const) {
      const handler = allow({ half: { ...common, path, undo: "undo" }, undo: { ...common, path: undo } });
      const action = await planned(handler, "half");
      const step = testStep();
      await expect(handler.apply(action, step, null)).rejects.toThrow(ActionRefused);
      const calls = step.journal.records.filter(({ error }) => error === undefined);
      const back = testStep();
      await handler.rollback(action, back, { before: null, after: null, calls });
      expect(back.journal.records.map(({ output }) => output)).toEqual(undone);
    }
  });

  it("may print without end, and little of it is kept", async () => {
    const path = program("long.sh", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");
    const handler = allow({ long: { ...common, path } });
    const step = testStep();
    await handler.apply(await planned(handler, "long"), step, null);
    expect(JSON.stringify(outputOf(step.journal)).length).toBeLessThan(5_000);
  });

  it.each<[string, Record<string, object>, string, string[], number]>([
    ["No script rm is allowed", { show: common }, "rm", [], 0o644],
    ["No script constructor is allowed", { show: common }, "constructor", [], 0o644],
    ["must match [a-z]+", { show: { ...common, arguments: ["[a-z]+"] } }, "show", ["a b"], 0o644],
    ["must match [a-z]+", { show: { ...common, arguments: ["[a-z]+"] } }, "show", ["--all\na"], 0o644],
    ["takes 2 arguments at most", { show: common }, "show", ["a", "b", "c"], 0o644],
    ["can be written by others", { show: common }, "show", [], 0o666],
    ["show.path: An absolute path.", { show: { ...common, path: "show.sh" } }, "show", [], 0o644],
    ["show.undo: There is no script undo.", { show: { ...common, undo: "undo" } }, "show", [], 0o644],
    ["There is no file", { show: { ...common, path: join(folder, "none") } }, "show", [], 0o644],
    [
      "can be written by others",
      { show: { ...common, path: program("open.sh", "", 0o777) } },
      "show",
      [],
      0o644,
    ],
    ["can't be executed", { show: { ...common, path: program("plain.sh", "", 0o644) } }, "show", [], 0o644],
  ])("is refused: %s", async (words, scripts, operation, given, mode) => {
    await expect(planned(allow(scripts, mode), operation, given)).rejects.toThrow(words);
  });

  it("needs a list", async () => {
    await expect(
      planned(
        scriptActions(() => undefined),
        "show",
      ),
    ).rejects.toThrow("PARAPET_SCRIPTS names no file");
  });
});
