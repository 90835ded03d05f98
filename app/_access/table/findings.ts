import { findingComments, findingExceptions, savedViews } from "#db/triage/schema.ts";
import { changeFindings } from "#lib/findings/change-findings.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import type { AccessTable, Given } from "../model.ts";

const triagers = ["analyst", "manager", "admin"] as const;
const deciders = ["ciso", "manager"] as const;

const target = ({ ids }: Given) => ({ ids: [ids.findingId] });
const inProgress = { act: "workflow", workflow: "in_progress" } as const;
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString();

/** A comment of the caller's. */
async function comment({ db, ids, scope }: Given): Promise<string> {
  const { organisationId, findingId } = ids;
  const made = await db
    .insert(findingComments)
    .values({ organisationId, findingId, authorId: scope.actor.id, body: "Looked at." })
    .returning({ id: findingComments.id });
  return made[0]?.id ?? "";
}

/** A view of the caller's, that nobody else sees. */
async function view({ db, ids, scope }: Given): Promise<string> {
  const values = { area: "findings", name: "Mine", query: "severity=high", shared: false } as const;
  const made = await db
    .insert(savedViews)
    .values({ ...values, organisationId: ids.organisationId, userId: scope.actor.id })
    .returning({ id: savedViews.id });
  return made[0]?.id ?? "";
}

/** A change that somebody who may has made. */
async function change(given: Given): Promise<string> {
  const scope = given.as("analyst");
  return (await changeFindings(given.db, scope, { target: target(given), change: inProgress })).changeId;
}

/** A risk that the analyst asks to have accepted, or the caller. */
async function asked(given: Given, scope = given.as("analyst")): Promise<string> {
  await changeFindings(given.db, scope, {
    target: target(given),
    change: { act: "ask_acceptance", reason: "It is decided on elsewhere.", until: inAMonth() },
  });
  const [made] = await given.db.select({ id: findingExceptions.id }).from(findingExceptions);
  return made?.id ?? "";
}
/** Who may not ask has nothing to withdraw, and names what another asked. */
const askedByCaller = (given: Given) =>
  asked(given, given.scope.can("risk:ask") ? given.scope : given.as("analyst"));

/** Findings and what is done with them: triage, exceptions, comments, views, notifications. */
export const findings: AccessTable = {
  "lib/findings/change-findings.ts#changeFindings": {
    roles: triagers,
    input: (given) => ({ target: target(given), change: inProgress }),
  },
  "app/(dashboard)/findings/actions.ts#changeFindingsAction": {
    roles: triagers,
    // All that match: for a stranger nothing does, whatever account is named.
    input: ({ ids }) => [
      { filter: findingFilter({ accountIds: [ids.accountId] }), expected: 2 },
      { act: "mute", reason: "Not ours to mend.", until: inAMonth() },
    ],
    foreign: "done",
  },
  "lib/findings/undo-change.ts#undoChange": {
    roles: triagers,
    input: async (given) => ({ changeId: await change(given) }),
  },
  "app/(dashboard)/findings/actions.ts#undoChangeAction": {
    roles: triagers,
    input: async (given) => [await change(given)],
  },
  "lib/findings/decide-exception.ts#decideException": {
    roles: deciders,
    input: async (given) => ({
      ...{ exceptionId: await asked(given), decision: "grant", note: "", revision: 1 },
    }),
  },
  "lib/findings/withdraw-exception.ts#withdrawException": {
    roles: triagers,
    input: async (given) => ({ exceptionId: await askedByCaller(given) }),
  },
  "app/(dashboard)/findings/actions.ts#withdrawExceptionAction": {
    roles: triagers,
    input: async (given) => [await askedByCaller(given)],
  },

  "lib/findings/add-comment.ts#addComment": {
    roles: triagers,
    input: ({ ids }) => ({ findingId: ids.findingId, body: "Looked at." }),
  },
  "app/(dashboard)/findings/actions.ts#addCommentAction": {
    roles: triagers,
    input: ({ ids }) => [ids.findingId, "Looked at."],
  },
  "lib/findings/edit-comment.ts#editComment": {
    roles: triagers,
    input: async (given) => ({ commentId: await comment(given), body: "Looked at again." }),
  },
  "app/(dashboard)/findings/actions.ts#editCommentAction": {
    roles: triagers,
    input: async (given) => [await comment(given), "Looked at again."],
  },
  "lib/findings/delete-comment.ts#deleteComment": {
    roles: triagers,
    input: async (given) => ({ commentId: await comment(given) }),
  },
  "app/(dashboard)/findings/actions.ts#deleteCommentAction": {
    roles: triagers,
    input: async (given) => [await comment(given)],
  },

  "lib/findings/save-view.ts#saveView": {
    roles: "everyone",
    input: () => ({ area: "findings", name: "New", query: "", shared: false }),
    foreign: "done",
  },
  "app/(dashboard)/findings/actions.ts#saveViewAction": {
    // Sharing is what not everyone may.
    roles: ["ciso", ...triagers],
    input: () => [{ name: "New", query: "", shared: true }],
    foreign: "done",
  },
  "lib/findings/update-view.ts#updateView": {
    roles: "everyone",
    input: async (given) => ({ viewId: await view(given), name: "Renamed" }),
  },
  "app/(dashboard)/findings/actions.ts#updateViewAction": {
    roles: "everyone",
    input: async (given) => [{ viewId: await view(given), name: "Renamed" }],
  },
  "lib/findings/delete-view.ts#deleteView": {
    roles: "everyone",
    input: async (given) => ({ viewId: await view(given) }),
  },
  "app/(dashboard)/findings/actions.ts#deleteViewAction": {
    roles: "everyone",
    input: async (given) => [await view(given)],
  },
  "lib/findings/mark-notifications-read.ts#markNotificationsRead": {
    roles: "everyone",
    input: () => ({ all: true }),
    foreign: "done",
  },
  "app/_actions/notifications.ts#markReadAction": {
    roles: "everyone",
    input: () => [{ all: true }],
    foreign: "done",
  },
  "lib/findings/set-sla-policy.ts#setSlaPolicy": {
    roles: ["manager", "admin"],
    input: () => ({ days: { critical: 1, high: 2, medium: 3, low: 4, info: null }, revision: 0 }),
    foreign: "done",
    unseen: "forbidden",
  },

  "GET /api/findings/[findingId]": {
    roles: "everyone",
    input: ({ ids }) => ({ params: { findingId: ids.findingId } }),
  },
  "GET /api/findings": {
    roles: "everyone",
    input: ({ ids }) => ({ query: { account: ids.accountId } }),
    foreign: "done",
  },
  "GET /api/findings/rows": {
    roles: "everyone",
    input: ({ ids }) => ({ query: { ids: ids.findingId } }),
    foreign: "done",
  },
  "GET /api/findings/groups": {
    roles: "everyone",
    input: ({ ids }) => ({ query: { group: "resource", account: ids.accountId } }),
    foreign: "done",
  },
  "GET /api/findings/facets": {
    roles: "everyone",
    input: ({ ids }) => ({ query: { account: ids.accountId } }),
    foreign: "done",
  },
  "GET /api/findings/people": { roles: "everyone", foreign: "done" },
  "GET /api/findings/views": { roles: "everyone", foreign: "done" },
  "GET /api/findings/changes": { roles: "everyone", foreign: "done" },
  "GET /api/findings/changes/[changeId]": {
    roles: "everyone",
    input: async (given) => ({ params: { changeId: await change(given) } }),
  },
  "GET /api/notifications": { roles: "everyone", foreign: "done" },
};
