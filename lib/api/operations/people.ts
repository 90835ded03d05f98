import { z } from "zod";
import { roles } from "#db/identity/roles.ts";
import { listUsers } from "#db/identity/user-queries.ts";
import { listAssignable } from "#db/triage/queries.ts";
import { defineOperation } from "../operation.ts";
import { Person } from "../schemas/common.ts";
import { User } from "../schemas/me.ts";

const shared = { method: "GET", tag: "Settings" } as const;

export const peopleOperations = [
  defineOperation({
    ...{ ...shared, id: "listPeople", path: "/people", permission: "findings:read" },
    summary: "Whom findings can be assigned to, by name",
    query: z.strictObject({
      account: z.string().max(80).optional().describe("Those who see this account."),
    }),
    response: z.object({ data: z.array(Person.extend({ role: z.enum(roles) })) }),
    run: async ({ db, scope, query: { account } }) => ({
      data: await listAssignable(db, scope, account === undefined ? {} : { accountId: account }),
    }),
  }),
  defineOperation({
    ...{ ...shared, id: "listUsers", path: "/users", permission: "users:manage" },
    summary: "Everybody of the organisation",
    response: z.object({ data: z.array(User) }),
    run: async ({ db, scope }) => ({
      data: (await listUsers(db, scope)).map(
        ({ id, name, email, role, state, seesAllAccounts, lastSeenAt }) => ({
          ...{ id, name, email, role, state, seesAllAccounts, lastSeenAt },
        }),
      ),
    }),
  }),
];
