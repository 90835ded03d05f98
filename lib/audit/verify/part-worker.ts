import type { KeyObject } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "#db/client.ts";
import type { Part, PartResult, Shared } from "./part.ts";
import { PartVerifier } from "./verify-part.ts";

/** What a worker is started with. */
export type PartWorkerData = {
  url: string;
  /** By id; null where HMACs can't be checked. */
  keys: Map<string, KeyObject> | null;
  shared: Shared;
};

/** A worker's answer to a part. */
export type PartAnswer = { result: PartResult } | { error: string };

const port = parentPort;
if (port) {
  const { url, keys, shared }: PartWorkerData = workerData;
  const { sql, close } = openDatabase(url, {
    max: 1,
    applicationName: "parapet-audit-verify",
    statementTimeoutMs: 600_000,
  });
  const verifier = new PartVerifier(sql, keys, shared);
  const answer = async (part: Part | null) => {
    if (part === null) {
      await close();
      port.close();
      return;
    }
    try {
      port.postMessage({ result: await verifier.verify(part) } satisfies PartAnswer);
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      port.postMessage({ error: told } satisfies PartAnswer);
    }
  };
  port.on("message", (part: Part | null) => void answer(part));
}
