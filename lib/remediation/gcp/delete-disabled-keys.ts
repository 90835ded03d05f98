import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { type KeysState, keyCall, readingKeys, readKeys } from "./service-account-keys.ts";

const irreversible = "A deleted service account key can't be brought back.";

export const deleteDisabledKeys = defineOperation<"gcp", KeysState, Record<string, never>>({
  id: "gcp.iam.delete-disabled-keys",
  cloud: "gcp",
  title: "Delete the service account's disabled keys",
  kinds: ["gcp.iam.service-account"],
  parameters: z.object({}),
  irreversible,
  reads: readingKeys,
  calls: ["gcp.iam.projects.serviceAccounts.keys.delete"],

  read: (access, { target, signal }) => readKeys(access, target, signal),

  plan(state, _parameters, target) {
    const disabled = state.keys.filter((key) => key.disabled);
    if (disabled.length === 0)
      return { outcome: "nothing", reason: "None of the account's keys is disabled." };
    return {
      outcome: "change",
      after: { ...state, keys: state.keys.filter((key) => !key.disabled) },
      calls: disabled.map((key) => keyCall("delete", target, key)),
    };
  },

  wayBack: () => ({ irreversible }),
});
