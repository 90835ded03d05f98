import { describe, expect, it } from "vitest";
import { type Run, type Service, supervise } from "./service.ts";

/** A service whose runs the test ends, and whose starts it can make fail. */
function fakeService() {
  const log: string[] = [];
  const failures: string[] = [];
  const ends: ((how: string) => void)[] = [];
  let onStart: (() => void) | undefined;
  const service: Service = {
    name: "The thing",
    start: async (isRestart) => {
      const failure = failures.shift();
      if (failure) throw new Error(failure);
      const { promise: ended, resolve: end } = Promise.withResolvers<string>();
      log.push(isRestart ? "restarted" : "started");
      ends.push(end);
      onStart?.();
      const run: Run = {
        ended,
        stop: async () => {
          log.push("stopped");
          end("exit code 0");
        },
        kill: () => log.push("killed"),
      };
      return run;
    },
  };
  const nextStart = () =>
    new Promise<void>((resolve) => {
      onStart = resolve;
    });
  return { service, log, failures, nextStart, die: (how: string) => ends.at(-1)?.(how) };
}

const quick = (reports: string[]) => ({ report: (text: string) => void reports.push(text), backOffMs: 1 });

describe("supervise", () => {
  it("throws what the first start throws, and tries no more", async () => {
    const { service, failures, log } = fakeService();
    failures.push("no disk");
    await expect(supervise(service, quick([]))).rejects.toThrow("no disk");
    expect(log).toEqual([]);
  });

  it("starts again what dies, through failing starts, and says so", async () => {
    const { service, failures, log, nextStart, die } = fakeService();
    const reports: string[] = [];
    const supervised = await supervise(service, quick(reports));
    const restarted = nextStart();
    failures.push("still busy");
    die("SIGKILL");
    await restarted;
    await expect
      .poll(() => reports)
      .toEqual([
        "The thing ended (SIGKILL); starting it again",
        "The thing did not start again (still busy); trying on",
        "The thing runs again",
      ]);
    await supervised.stop();
    expect(log).toEqual(["started", "restarted", "stopped"]);
  });

  it("does not start again what it was asked to stop", async () => {
    const { service, log } = fakeService();
    const reports: string[] = [];
    const supervised = await supervise(service, quick(reports));
    await supervised.stop();
    expect({ log, reports }).toEqual({ log: ["started", "stopped"], reports: [] });
  });

  it("stops while it waits to try again", async () => {
    const { service, failures, log, die } = fakeService();
    const reports: string[] = [];
    const supervised = await supervise(service, { ...quick(reports), backOffMs: 3_600_000 });
    failures.push("never reached");
    die("exit code 1");
    await expect.poll(() => reports).toHaveLength(1);
    await supervised.stop();
    expect(log).toEqual(["started", "stopped"]);
    expect(failures).toEqual(["never reached"]);
  });
});
