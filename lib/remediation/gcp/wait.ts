import { setTimeout as sleep } from "node:timers/promises";
import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import type { sqladmin_v1 } from "googleapis/build/src/apis/sqladmin/v1.js";
import { required } from "#lib/inventory/answers.ts";
import { ActionRefused } from "../action-handler.ts";
import type { AccessOf } from "../operation.ts";

/** Where an operation of Compute Engine runs. */
export type Place = { project: string; region?: string; zone?: string };

/** What waiting takes, wherever the operation runs. */
export const waiting = {
  global: "compute.globalOperations.get",
  region: "compute.regionOperations.get",
  zone: "compute.zoneOperations.get",
} as const;

/** Waits until what was begun is over. Throws `ActionRefused` with Google's words when it failed. */
export async function finish(
  access: AccessOf<"gcp">,
  place: Place,
  begun: compute_v1.Schema$Operation,
  signal: AbortSignal,
): Promise<void> {
  const api = await access.clients.compute();
  let operation = begun;
  while (operation.status !== "DONE") {
    signal.throwIfAborted();
    const { project, region, zone } = place;
    const name = required(operation.name, "name");
    // Each answers when the operation is over, or after two minutes.
    const { data } = zone
      ? await api.zoneOperations.wait({ project, zone, operation: name }, { signal })
      : region
        ? await api.regionOperations.wait({ project, region, operation: name }, { signal })
        : await api.globalOperations.wait({ project, operation: name }, { signal });
    operation = data;
  }
  const faults = operation.error?.errors ?? [];
  if (faults.length > 0) {
    throw new ActionRefused("failed", faults.map(({ code, message }) => `${code}: ${message}`).join(" "));
  }
}

/** The same for Cloud SQL, whose operations can only be asked for: at first soon, then every few seconds. */
export async function finishSql(
  access: AccessOf<"gcp">,
  project: string,
  begun: sqladmin_v1.Schema$Operation,
  signal: AbortSignal,
): Promise<void> {
  const api = await access.clients.sqladmin();
  let operation = begun;
  for (let pauseMs = 50; operation.status !== "DONE"; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    await sleep(pauseMs, undefined, { signal });
    const name = required(operation.name, "name");
    operation = (await api.operations.get({ project, operation: name }, { signal })).data;
  }
  const faults = operation.error?.errors ?? [];
  if (faults.length > 0) {
    throw new ActionRefused("failed", faults.map(({ code, message }) => `${code}: ${message}`).join(" "));
  }
}
