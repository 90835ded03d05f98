import { z } from "zod";
import { decodeCursor } from "#db/findings/cursor.ts";
import { countFacets, getFinding, listFindingGroups, listFindings } from "#db/findings/queries.ts";
import { getChange } from "#db/triage/queries.ts";
import { changeFindings } from "../../findings/change-findings.ts";
import { ChangeFindingsInput } from "../../findings/change-input.ts";
import { undoChange } from "../../findings/undo-change.ts";
import { defineOperation } from "../operation.ts";
import { Id } from "../schemas/common.ts";
import {
  Change,
  ChangeResult,
  FacetCounts,
  FindingDetail,
  FindingFilterQuery,
  FindingGroupPage,
  FindingPage,
  ListFindingsQuery,
  ListGroupsQuery,
} from "../schemas/findings.ts";
import { refuseCursor } from "./cursor.ts";
import { filterOf } from "./filter-of.ts";

const read = { method: "GET", tag: "Findings", permission: "findings:read" } as const;

export const findingOperations = [
  defineOperation({
    ...read,
    id: "listFindings",
    path: "/findings",
    summary: "Findings that meet a filter, the gravest first",
    description:
      "Within one parameter any value will do, and every parameter must be met. Without `state` those that still have to be worked on.",
    query: ListFindingsQuery,
    response: FindingPage,
    run: async ({ db, scope, query }) => {
      const { sort, limit, after, ...filter } = query;
      if (after !== undefined && decodeCursor(after) === null) refuseCursor();
      const { rows, next } = await listFindings(db, scope, filterOf(filter, scope), {
        ...{ sort, limit },
        ...(after === undefined ? {} : { after }),
      });
      return { data: rows, next };
    },
  }),
  defineOperation({
    ...read,
    id: "countFindingFacets",
    path: "/findings/facets",
    summary: "How many findings each choice of a filter would have",
    description: "Every facet counts with the other facets' choices and without its own.",
    query: FindingFilterQuery,
    response: FacetCounts,
    run: ({ db, scope, query }) => countFacets(db, scope, filterOf(query, scope)),
  }),
  defineOperation({
    ...read,
    id: "listFindingGroups",
    path: "/findings/groups",
    summary: "Findings that meet a filter, put together by what they are alike in",
    query: ListGroupsQuery,
    response: FindingGroupPage,
    run: async ({ db, scope, query }) => {
      const { by, limit, after, ...filter } = query;
      const page = await listFindingGroups(db, scope, filterOf(filter, scope), {
        ...{ by, limit },
        ...(after === undefined ? {} : { after }),
      });
      return { data: page.groups, next: page.next, total: page.total };
    },
  }),
  defineOperation({
    ...read,
    id: "getFinding",
    path: "/findings/{findingId}",
    summary: "One finding: the resource, the evidence and what happened to it",
    params: z.object({ findingId: Id }),
    response: FindingDetail,
    run: ({ db, scope, params }) => getFinding(db, scope, params.findingId),
  }),
  defineOperation({
    id: "changeFindings",
    method: "POST",
    path: "/findings/changes",
    tag: "Changes",
    summary: "Assign, mute, date or move on findings, or ask for their risk to be accepted",
    description:
      "Up to 500 findings are changed at once. Of more that match a filter a worker changes exactly those that match now: then `status` is `waiting`, and `GET /changes/{changeId}` says how far it is. With a single id, `revision` makes sure that nobody changed it meanwhile.",
    permission: "findings:triage",
    body: ChangeFindingsInput,
    response: ChangeResult,
    run: ({ db, scope, body }) => changeFindings(db, scope, body),
  }),
  defineOperation({
    id: "getChange",
    method: "GET",
    path: "/changes/{changeId}",
    tag: "Changes",
    summary: "One change of findings, and how far it has come",
    permission: "findings:read",
    params: z.object({ changeId: Id }),
    response: Change,
    run: ({ db, scope, params }) => getChange(db, scope, params.changeId),
  }),
  defineOperation({
    id: "undoChange",
    method: "POST",
    path: "/changes/{changeId}/undo",
    tag: "Changes",
    summary: "Put findings back as a change found them",
    description: "What somebody has changed since stays as it is, and counts as skipped.",
    permission: "findings:triage",
    params: z.object({ changeId: Id }),
    response: ChangeResult,
    run: ({ db, scope, params }) => undoChange(db, scope, params),
  }),
];
