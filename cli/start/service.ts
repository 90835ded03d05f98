import { setTimeout as sleep } from "node:timers/promises";

/** One run of a service: a process, from its being ready to its end. */
export type Run = {
  /** Resolves when it has ended, with how (`exit code 1`, `SIGKILL`). */
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
};

export type Service = {
  name: string;
  /** Starts it and resolves when it is ready. `isRestart` is true when it had died. */
  start(isRestart: boolean, signal: AbortSignal): Promise<Run>;
};

export type Supervised = { stop(): Promise<void>; kill(): void };

export type SuperviseOptions = {
  /** Gives up the very first start. */
  signal?: AbortSignal;
  /** Told of every death and every return. */
  report(text: string): void;
  /** Milliseconds before the first try to restart; doubles up to thirty times that. */
  backOffMs?: number;
  /** How long a run must have lasted for the next death to count as the first, in ms. */
  steadyMs?: number;
};

/** Starts a service, and again whenever it ends by itself. Throws what the very first start throws. */
export async function supervise(service: Service, options: SuperviseOptions): Promise<Supervised> {
  const stopping = new AbortController();
  const first = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  let run = await service.start(false, first);
  const watched = watch();
  return {
    stop: async () => {
      stopping.abort();
      await run.stop();
      await watched;
    },
    kill: () => {
      stopping.abort();
      run.kill();
    },
  };

  async function watch(): Promise<void> {
    let deaths = 0;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      const how = await run.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - began > (options.steadyMs ?? 30_000)) deaths = 0;
      options.report(`${service.name} ended (${how}); starting it again`);
      deaths = await restart(deaths);
    }
  }

  /** Tries until it runs or is no longer wanted; returns the deaths and failures so far. */
  async function restart(deaths: number): Promise<number> {
    for (let failures = deaths; ; failures += 1) {
      await pause(failures);
      if (stopping.signal.aborted) return failures;
      try {
        run = await service.start(true, stopping.signal);
        // Asked to stop while it was starting: stop() has already stopped the run before this one.
        if (stopping.signal.aborted) await run.stop();
        else options.report(`${service.name} runs again`);
        return failures + 1;
      } catch (error) {
        if (stopping.signal.aborted) return failures;
        const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
        options.report(`${service.name} did not start again (${why}); trying on`);
      }
    }
  }

  async function pause(failures: number): Promise<void> {
    const base = options.backOffMs ?? 250;
    await sleep(Math.min(base * 2 ** failures, base * 30), undefined, { signal: stopping.signal }).catch(
      () => undefined,
    );
  }
}
