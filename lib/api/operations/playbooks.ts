import { z } from "zod";
import { getPlaybook, listPlaybooks } from "#db/remediation/queries.ts";
import { clouds } from "../../inventory/model.ts";
import { describePlaybook } from "../../remediation/describe-playbook.ts";
import { playbookCategories } from "../../remediation/playbook.ts";
import {
  retireCustomPlaybook,
  SaveCustomPlaybookInput,
  saveCustomPlaybook,
} from "../../remediation/verbs/custom-playbooks.ts";
import { defineOperation } from "../operation.ts";
import { Playbook } from "../schemas/remediation.ts";

const tag = "Playbooks";
const params = z.object({ playbookId: z.string().min(1).max(80) });

export const playbookOperations = [
  defineOperation({
    ...{ id: "listPlaybooks", method: "GET", path: "/playbooks", tag, permission: "remediation:read" },
    summary: "The library of fixes: what comes with Parapet, then the organisation's own",
    query: z.strictObject({
      cloud: z.enum(clouds).optional(),
      category: z.enum(playbookCategories).optional(),
      checkId: z.string().min(1).max(200).optional().describe("Those alone that fix this check."),
    }),
    response: z.object({ data: z.array(Playbook) }),
    run: async ({ db, scope, query: { cloud, category, checkId } }) => {
      const all = await listPlaybooks(db, scope);
      const data = all.filter(
        (playbook) =>
          (cloud === undefined || playbook.clouds.includes(cloud)) &&
          (category === undefined || playbook.category === category) &&
          (checkId === undefined || playbook.fixes.includes(checkId)),
      );
      return { data: data.map(toAnswer) };
    },
  }),
  defineOperation({
    ...{ id: "getPlaybook", method: "GET", path: "/playbooks/{playbookId}", tag },
    summary: "One playbook: what it changes, needs and can't undo, and the permissions that it takes",
    permission: "remediation:read",
    params,
    response: Playbook,
    run: async ({ db, scope, params: { playbookId } }) =>
      toAnswer(await describePlaybook(await getPlaybook(db, scope, playbookId))),
  }),
  defineOperation({
    ...{ id: "savePlaybook", method: "POST", path: "/playbooks", tag, permission: "remediation:manage" },
    summary: "Save a playbook of the organisation's own, as a new version",
    description:
      "The document is the playbook itself, or the text of its file in YAML or JSON. With the id of one that exists, `revision` is the version that was edited.",
    body: SaveCustomPlaybookInput,
    response: z.object({ playbook: z.string(), version: z.int(), hash: z.string() }),
    run: ({ db, scope, body }) => saveCustomPlaybook(db, scope, body),
  }),
  defineOperation({
    ...{ id: "retirePlaybook", method: "DELETE", path: "/playbooks/{playbookId}", tag },
    summary: "Take a playbook of the organisation's own out of the library",
    description: "Plans that were made from it go on.",
    permission: "remediation:manage",
    params,
    query: z.strictObject({
      revision: z.coerce.number().int().min(1).describe("The version that was read."),
    }),
    response: z.object({ playbook: z.string() }),
    run: ({ db, scope, params: { playbookId }, query: { revision } }) =>
      retireCustomPlaybook(db, scope, { playbook: playbookId, revision }),
  }),
];

type View = Awaited<ReturnType<typeof getPlaybook>>;

/** What is read-only in the library is a plain list in the answer. */
const toAnswer = (view: View): z.input<typeof Playbook> => structuredClone(view) as z.input<typeof Playbook>;
