import type { AccessTable, Given } from "../model.ts";

const roles = ["admin"] as const;
const account = ({ ids }: Given) => ({ accountId: ids.accountId });
const accountAndRevision = (given: Given) => ({ ...account(given), revision: 1 });
const source = ({ ids }: Given) => ({ sourceId: ids.sourceId });
const connection = { type: "profile", profile: "other" };
const newAccount = { cloud: "aws", level: "account", externalId: "123456789012", name: "new", connection };
const newSource = {
  ...{ cloud: "aws", name: "new source", connection, secrets: {}, autoConnect: false },
  template: { type: "role", roleName: "ParapetScanner" },
};
const schedules = { environment: null, scanSchedule: null, schedule: null, scheduleTimeZone: "UTC" };

/** Accounts, where they come from, and the sandbox beside them. Who sees only some accounts has no say in what is the organisation's. */
export const accounts: AccessTable = {
  "lib/accounts/connect-account.ts#connectAccount": {
    roles,
    input: () => ({ ...newAccount, secrets: {} }),
    foreign: "done",
    unseen: "forbidden",
  },
  "lib/accounts/edit-account.ts#editAccount": {
    roles,
    input: (given) => ({ ...accountAndRevision(given), name: "renamed", secrets: {} }),
  },
  "lib/accounts/disable-account.ts#disableAccount": { roles, input: account },
  "lib/accounts/enable-account.ts#enableAccount": {
    roles,
    input: ({ ids }) => ({ accountId: ids.disabledAccountId }),
  },
  "lib/accounts/delete-account.ts#deleteAccount": {
    roles,
    input: (given) => ({ ...account(given), confirmation: given.ids.accountName }),
  },
  "lib/accounts/write-identity.ts#setWriteIdentity": {
    roles,
    input: (given) => ({ ...accountAndRevision(given), connection, secrets: {} }),
  },
  "lib/accounts/write-identity.ts#removeWriteIdentity": {
    roles,
    input: accountAndRevision,
    outcome: "conflict",
  },
  "lib/accounts/test-account.ts#recordTest": {
    through: "app/(dashboard)/settings/accounts/actions.ts#testAccountAction",
  },
  "lib/accounts/sources/connect-source.ts#connectSource": {
    roles,
    input: () => newSource,
    foreign: "done",
    unseen: "forbidden",
  },
  "lib/accounts/sources/edit-source.ts#editSource": {
    roles,
    input: (given) => ({ ...source(given), revision: 1, name: "renamed", secrets: {} }),
  },
  "lib/accounts/sources/remove-source.ts#removeSource": {
    roles,
    input: (given) => ({ ...source(given), confirmation: given.ids.sourceName }),
  },
  "lib/accounts/sources/request-sync.ts#requestSync": { roles, input: source },
  "lib/accounts/sources/connect-members.ts#connectMembers": {
    roles,
    input: (given) => ({ ...source(given), externalIds: [given.ids.memberId] }),
  },
  "lib/trial/start-trial.ts#startTrial": { roles, input: () => ({}), foreign: "done", unseen: "forbidden" },
  "lib/trial/remove-trial.ts#stopTrial": {
    through: "app/(dashboard)/welcome/actions.ts#removeTrialAction",
  },

  "app/(dashboard)/settings/accounts/actions.ts#testAccountAction": {
    roles,
    input: ({ ids }) => [ids.accountId, "read"],
  },
  "app/(dashboard)/settings/accounts/actions.ts#testDraftAction": {
    roles,
    input: () => [{ ...newAccount, secrets: {} }],
    foreign: "done",
  },
  "app/(dashboard)/settings/accounts/actions.ts#connectAccountAction": {
    roles,
    input: () => [{ ...newAccount, secrets: {}, environment: null, schedule: null, scheduleTimeZone: "UTC" }],
    foreign: "done",
    unseen: "forbidden",
  },
  "app/(dashboard)/settings/accounts/actions.ts#editAccountAction": {
    roles,
    input: (given) => [{ ...accountAndRevision(given), name: "renamed", secrets: {} }],
  },
  "app/(dashboard)/settings/accounts/actions.ts#setWriteIdentityAction": {
    roles,
    input: (given) => [{ ...accountAndRevision(given), connection, secrets: {} }],
  },
  "app/(dashboard)/settings/accounts/actions.ts#disableAccountAction": {
    roles,
    input: ({ ids }) => [ids.accountId],
  },
  "app/(dashboard)/settings/accounts/actions.ts#enableAccountAction": {
    roles,
    input: ({ ids }) => [ids.disabledAccountId],
  },
  "app/(dashboard)/settings/accounts/actions.ts#deleteAccountAction": {
    roles,
    input: ({ ids }) => [ids.accountId, ids.accountName],
  },
  "app/(dashboard)/settings/accounts/actions.ts#removeWriteIdentityAction": {
    roles,
    input: ({ ids }) => [ids.accountId, 1],
    outcome: "conflict",
  },
  "app/(dashboard)/settings/accounts/actions.ts#scanAccountAction": {
    roles: ["analyst", "manager", "admin"],
    input: ({ ids }) => [ids.accountId],
  },
  "app/(dashboard)/settings/organisations/actions.ts#connectSourceAction": {
    roles,
    input: () => [{ ...newSource, ...schedules }],
    foreign: "done",
    unseen: "forbidden",
  },
  "app/(dashboard)/settings/organisations/actions.ts#editSourceAction": {
    roles,
    input: (given) => [{ ...source(given), revision: 1, name: "renamed", secrets: {} }],
  },
  "app/(dashboard)/settings/organisations/actions.ts#removeSourceAction": {
    roles,
    input: ({ ids }) => [ids.sourceId, ids.sourceName],
  },
  "app/(dashboard)/settings/organisations/actions.ts#requestSyncAction": {
    roles,
    input: ({ ids }) => [ids.sourceId],
  },
  "app/(dashboard)/settings/organisations/actions.ts#connectMembersAction": {
    roles,
    input: ({ ids }) => [ids.sourceId, [ids.memberId]],
    unseen: "not_found",
  },
  "app/(dashboard)/welcome/actions.ts#startTrialAction": {
    roles,
    input: () => [],
    foreign: "done",
    unseen: "forbidden",
  },
  // There is none to remove.
  "app/(dashboard)/welcome/actions.ts#removeTrialAction": {
    roles,
    input: () => [],
    outcome: "conflict",
    foreign: "conflict",
    unseen: "forbidden",
  },
};
