import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { publicName } from "#lib/checks/gcp/public-members.ts";
import type { Json, PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { type AccessEntry, inAccessOrder, isPublicEntry, plainEntries } from "./dataset-access.ts";
import { unlessMissing } from "./define-call.ts";

/** Every entry, as the API writes it. */
type State = { access: AccessEntry[] };

export const closeDataset = defineOperation<"gcp", State, Record<string, never>>({
  id: "gcp.bigquery.close-dataset",
  cloud: "gcp",
  title: "Take the public out of the dataset's access",
  kinds: ["gcp.bigquery.dataset"],
  parameters: z.object({}),
  reads: ["bigquery.datasets.get"],
  calls: ["gcp.bigquery.datasets.patch"],

  async read(access, { target: { account: projectId, name: datasetId }, signal }) {
    const api = await access.clients.bigquery();
    const request = { projectId, datasetId, accessPolicyVersion: 3 };
    const found = await unlessMissing(() => api.datasets.get(request, { signal }));
    return found ? { access: inAccessOrder(plainEntries(found.data.access)) } : null;
  },

  plan({ access }, _parameters, target) {
    const open = access.filter(isPublicEntry);
    if (open.length === 0)
      return { outcome: "nothing", reason: "The dataset's access names nobody but its own." };
    const after = { access: access.filter((entry) => !isPublicEntry(entry)) };
    const who = open.map(({ specialGroup, iamMember }) => publicName(String(specialGroup ?? iamMember)));
    return {
      outcome: "change",
      after,
      calls: change(target, { access }, after),
      notes: [
        `Queries by ${[...new Set(who)].join(" and ")} fail from then on. Whoever is still to read the dataset is granted that by name.`,
      ],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target, present, before) }),
});

function change(
  { account: projectId, name: datasetId }: { account: string; name: string },
  from: State,
  to: State,
): PlannedCall[] {
  const beyond = (a: State, b: State): Json[] => {
    const known = new Set(b.access.map((entry) => canonicalJson(entry)));
    return a.access.filter((entry) => !known.has(canonicalJson(entry)));
  };
  const [remove, add] = [beyond(from, to), beyond(to, from)];
  if (remove.length + add.length === 0) return [];
  const input = { projectId, datasetId, remove, add };
  return [{ id: "access", api: "gcp.bigquery.datasets.patch", input }];
}
