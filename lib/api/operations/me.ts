import { defineOperation } from "../operation.ts";
import { Me } from "../schemas/me.ts";

export const meOperations = [
  defineOperation({
    id: "getMe",
    method: "GET",
    path: "/me",
    tag: "Settings",
    summary: "Who the token is, what it may do, and what is left of its minute",
    permission: null,
    response: Me,
    run: async ({ caller, scope, usage }) => {
      const { id, name, email, role } = caller.user;
      return {
        user: { id, name, email, role },
        organisation: caller.organisation,
        token: {
          id: caller.token.id,
          name: caller.token.name,
          expiresAt: caller.token.expiresAt.toISOString(),
        },
        permissions: [...scope.permissions],
        accountIds: scope.accountIds ? [...scope.accountIds] : null,
        rate: usage,
      };
    },
  }),
];
