import { eq } from "drizzle-orm";
import { users } from "#db/identity/schema.ts";
import { defineMutation } from "../mutation.ts";
import { holdUser, keepSomeoneInCharge, refuseOneself, writeVisibility } from "./hold-user.ts";
import { SetVisibilityInput } from "./user-input.ts";

/** Says which accounts somebody sees, from their next request on; of a persona as well, since it can be set back. */
export const setVisibility = defineMutation({
  permission: "users:manage",
  act: { action: "user.set_visibility", kind: "user", id: "userId" },
  input: SetVisibilityInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refuseOneself(scope, user.id, "choosing which accounts you see");
    const { visibility } = input;
    const seesAllAccounts = visibility.sees === "all";
    const accountIds = visibility.sees === "some" ? visibility.accountIds : [];
    const revision = user.revision + 1;
    await tx.update(users).set({ seesAllAccounts, revision }).where(eq(users.id, user.id));
    await writeVisibility(tx, scope.organisationId, user.id, accountIds);
    await keepSomeoneInCharge(tx, user);
    const [was, is] = [new Set(user.accountIds), new Set(accountIds)];
    return {
      result: { userId: user.id, revision },
      audit: {
        action: "user.set_visibility",
        object: { kind: "user", id: user.id },
        before: { seesAllAccounts: user.seesAllAccounts, accounts: was.size },
        after: {
          ...{ seesAllAccounts, accounts: is.size },
          added: accountIds.filter((id) => !was.has(id)),
          removed: user.accountIds.filter((id) => !is.has(id)),
        },
      },
    };
  },
});
