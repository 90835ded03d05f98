import { z } from "zod";
import { Person } from "#lib/api/schemas/common.ts";
import { Change, ChangeResult, FacetCounts, Finding, FindingGroup } from "#lib/api/schemas/findings.ts";
import { Me } from "#lib/api/schemas/me.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { FindingsBackend } from "../findings/backend.ts";
import type { RemoteClient, RemoteRequest } from "./client.ts";

/** The findings of a server, through its API. */
export function remoteFindings(client: RemoteClient): FindingsBackend {
  return {
    me: async () => (await client.request("GET", "/me", { answer: Me })).user.id,
    people: () => listPeople(client),
    list: (filter, limit) => client.list("/findings", queryOf(filter), Finding, limit),
    groups: (filter, by, limit) =>
      client.list("/findings/groups", { ...queryOf(filter), by }, FindingGroup, limit),
  };
}

export const listPeople = async (client: RemoteClient) =>
  (await client.request("GET", "/people", { answer: z.object({ data: z.array(Person) }) })).data;

/** A filter as the parameters of a query. */
export const queryOf = (filter: FindingFilter): NonNullable<RemoteRequest<z.ZodType>["query"]> => ({
  state: filter.states.length === 0 ? ["any"] : filter.states,
  severity: filter.severities,
  cloud: filter.clouds,
  account: filter.accountIds,
  service: filter.services,
  region: filter.regions,
  check: filter.checkIds,
  assignee: filter.assigneeIds.map((id) => (id === "" ? "none" : id)),
  owner: filter.owners,
  source: filter.sources,
  resource: filter.resourceIds,
  ...(filter.due === "any" ? {} : { due: filter.due }),
  ...(filter.text === "" ? {} : { text: filter.text }),
  ...(filter.scan === null ? {} : { scan: filter.scan.id, change: filter.scan.change }),
});

/** Which findings a change is of: named, or all that match and how many they were told to be. */
export type RemoteTarget = { ids: string[] } | { filter: FindingFilter; expected: number };

export const countRemote = async (client: RemoteClient, filter: FindingFilter): Promise<number> =>
  (await client.request("GET", "/findings/facets", { query: queryOf(filter), answer: FacetCounts })).total;

export const changeRemote = (client: RemoteClient, target: RemoteTarget, change: FindingChange) =>
  client.request("POST", "/findings/changes", { body: { target, change }, answer: ChangeResult });

export const undoRemote = (client: RemoteClient, changeId: string) =>
  client.request("POST", `/changes/${encodeURIComponent(changeId)}/undo`, { answer: ChangeResult });

export const readChange = (client: RemoteClient, changeId: string) =>
  client.request("GET", `/changes/${encodeURIComponent(changeId)}`, { answer: Change });

export const commentRemote = (client: RemoteClient, findingId: string, body: string) =>
  client.request("POST", `/findings/${encodeURIComponent(findingId)}/comments`, {
    body: { body },
    answer: z.object({ commentId: z.string() }),
  });
