import { z } from "zod";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { nameIn, orGone } from "./azure-call.ts";
import { publicAccesses } from "./storage-calls.ts";

type Access = (typeof publicAccesses)[number];

/** The access level of each container, by name. */
type State = { containers: { [name: string]: Access } };

/**
 * Goes in front of forbidding anonymous access on the account: on the way back, the account has to allow it again before a
 * container can be opened.
 */
export const closeContainers = defineOperation<"azure", State, Record<string, never>>({
  id: "azure.storage.close-containers",
  cloud: "azure",
  title: "Make the account's public containers private",
  kinds: ["azure.storage.account"],
  parameters: z.object({}),
  reads: ["Microsoft.Storage/storageAccounts/blobServices/containers/read"],
  calls: ["azure.storage.blobContainers.update"],

  async read({ clients }, { target, signal }) {
    return orGone(async () => {
      const found: [string, Access][] = [];
      const list = clients.storage.blobContainers.list(resourceGroupOf(target.uid), nameIn(target.uid), {
        abortSignal: signal,
      });
      for await (const { name, publicAccess } of list) {
        if (name) found.push([name, publicAccesses.find((access) => access === publicAccess) ?? "None"]);
      }
      return { containers: Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1))) };
    });
  },

  plan({ containers }, _parameters, target) {
    const open = Object.entries(containers).filter(([, access]) => access !== "None");
    if (!open.length) return { outcome: "nothing", reason: "All containers of the account are private." };
    return {
      outcome: "change",
      after: { containers: Object.fromEntries(Object.keys(containers).map((name) => [name, "None"])) },
      calls: open.map(([name]) => set(target, name, "None")),
    };
  },

  wayBack: (before, present, target) => ({
    calls: Object.entries(before.containers)
      .filter(([name, access]) => present.containers[name] !== access)
      .map(([name, access]) => set(target, name, access)),
  }),
});

const set = ({ uid }: Target, container: string, publicAccess: Access): PlannedCall => ({
  id: `set-${container}`,
  api: "azure.storage.blobContainers.update",
  input: { accountId: uid, container, publicAccess },
});
