import { z } from "zod";
import { decodeCursor } from "#db/resources/cursor.ts";
import { getResource } from "#db/resources/detail.ts";
import { countResourceFacets } from "#db/resources/facets.ts";
import { listResources } from "#db/resources/list.ts";
import { type ResourceFilter, resourceFilter } from "../../inventory/resource-filter.ts";
import { defineOperation } from "../operation.ts";
import { Id } from "../schemas/common.ts";
import {
  ListResourcesQuery,
  ResourceDetail,
  ResourceFacets,
  ResourceFilterQuery,
  ResourcePage,
} from "../schemas/resources.ts";
import { refuseCursor } from "./cursor.ts";

const shared = { method: "GET", tag: "Resources", permission: "resources:read" } as const;

function filterOf(query: z.output<typeof ResourceFilterQuery>): ResourceFilter {
  return resourceFilter({
    clouds: query.cloud,
    accountIds: query.account,
    services: query.service,
    regions: query.region,
    kinds: query.kind,
    tags: query.tag.map((tag) => {
      const at = tag.indexOf("=");
      return at < 1 ? { key: tag } : { key: tag.slice(0, at), value: tag.slice(at + 1) };
    }),
    owners: query.owner,
    text: query.text,
    presence: query.presence,
    withFindings: query.with === "findings",
  });
}

export const resourceOperations = [
  defineOperation({
    ...shared,
    id: "listResources",
    path: "/resources",
    summary: "Resources of the inventory that meet a filter",
    query: ListResourcesQuery,
    response: ResourcePage,
    run: async ({ db, scope, query: { sort, limit, after, ...filter } }) => {
      if (after !== undefined && decodeCursor(after) === null) refuseCursor();
      const { rows, next } = await listResources(db, scope, filterOf(filter), { sort, limit, after });
      return { data: rows, next };
    },
  }),
  defineOperation({
    ...shared,
    id: "countResourceFacets",
    path: "/resources/facets",
    summary: "How many resources each choice of a filter would have",
    query: ResourceFilterQuery,
    response: ResourceFacets,
    run: ({ db, scope, query }) => countResourceFacets(db, scope, filterOf(query)),
  }),
  defineOperation({
    ...shared,
    id: "getResource",
    path: "/resources/{resourceId}",
    summary: "One resource: its configuration, tags, findings and earlier versions",
    params: z.object({ resourceId: Id }),
    response: ResourceDetail,
    run: ({ db, scope, params }) => getResource(db, scope, params.resourceId),
  }),
];
