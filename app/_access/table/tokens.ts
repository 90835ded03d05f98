import { createToken } from "#lib/tokens/create-token.ts";
import type { AccessTable, Given } from "../model.ts";

const wanted = { name: "CI", permissions: ["findings:read" as const], expiresInDays: 1 };
const make = ({ db, scope }: Given) => createToken(db, scope, { ...wanted, name: "made before" });

/** API tokens, and the pages about the API. */
export const tokens: AccessTable = {
  // Everybody makes their own, whatever organisation they are of.
  "lib/tokens/create-token.ts#createToken": { roles: "everyone", input: () => wanted, foreign: "done" },
  "app/(dashboard)/settings/tokens/actions.ts#createTokenAction": {
    roles: "everyone",
    input: () => [wanted],
    foreign: "done",
  },
  "lib/tokens/revoke-token.ts#revokeToken": {
    roles: "everyone",
    input: async (given) => ({ tokenId: (await make(given)).tokenId }),
  },
  "app/(dashboard)/settings/tokens/actions.ts#revokeTokenAction": {
    roles: "everyone",
    input: async (given) => [(await make(given)).tokenId],
  },
};
