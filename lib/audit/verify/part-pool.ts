import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Part, PartResult } from "./part.ts";
import type { PartAnswer, PartWorkerData } from "./part-worker.ts";

/**
 * Has parts verified by threads of their own, each with a connection of its own, and calls `onResult` with each part's
 * result as it comes. Throws what the first worker to fail says; the others are ended then.
 */
export async function verifyParts(
  parts: readonly Part[],
  workers: number,
  data: PartWorkerData,
  onResult: (part: Part, result: PartResult) => void,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = [...parts].reverse();
  const run = async () => {
    const worker = new Worker(new URL("./part-worker.ts", import.meta.url), { workerData: data });
    const stop = () => void worker.terminate();
    signal?.addEventListener("abort", stop);
    try {
      for (let part = waiting.pop(); part; part = waiting.pop()) {
        signal?.throwIfAborted();
        onResult(part, await ask(worker, part));
      }
      worker.postMessage(null);
      await once(worker, "exit");
    } catch (error) {
      // Nobody waits for what is left, since the whole has failed.
      waiting.length = 0;
      await worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.min(workers, parts.length) }, () => run()),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

function ask(worker: Worker, part: Part): Promise<PartResult> {
  return new Promise((resolve, reject) => {
    const settle = (answer: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      answer();
    };
    const onMessage = (answer: PartAnswer) =>
      settle(() => ("result" in answer ? resolve(answer.result) : reject(new Error(answer.error))));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) =>
      onError(new Error(`A thread that verifies ended with exit code ${code}.`));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(part);
  });
}
