import { z } from "zod";
import { roles } from "#db/identity/roles.ts";
import type { UserState } from "#db/identity/user-queries.ts";

export const userStates = ["active", "invited", "disabled"] as const satisfies readonly UserState[];

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
const usersSearch = z.object({
  q: z.string().trim().max(200).catch(""),
  role: z.enum(roles).optional().catch(undefined),
  state: z.enum(userStates).optional().catch(undefined),
});
export type UsersSearch = z.output<typeof usersSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

export const parseUsersSearch = (raw: RawSearch): UsersSearch =>
  usersSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );
