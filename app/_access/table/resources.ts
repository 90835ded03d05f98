import type { AccessTable, Given } from "../model.ts";

const ofOne = ({ ids }: Given) => ({ query: { account: ids.accountId } });

/** Resources: the inventory, drift, relations. Lists answer with what their caller may see, which may be nothing. */
export const resources: AccessTable = {
  "GET /api/resources": { roles: "everyone", input: ofOne, foreign: "done" },
  "GET /api/resources/tags": { roles: "everyone", input: ofOne, foreign: "done" },
  "GET /api/resources/[resourceId]/drift": {
    roles: "everyone",
    input: ({ ids }) => ({ params: { resourceId: ids.resourceId }, query: { from: "0", to: "0" } }),
  },
};
