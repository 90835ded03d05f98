import type { AccessTable } from "../model.ts";

/** Findings and what is done with them: triage, exceptions, comments, views, notifications. */
export const findings: AccessTable = {
  "GET /api/findings/[findingId]": {
    roles: "everyone",
    input: ({ ids }) => ({ params: { findingId: ids.findingId } }),
  },
};
