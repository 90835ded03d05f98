import { z } from "zod";
import { roles } from "#db/identity/roles.ts";
import { withoutNul } from "#db/insert-rows.ts";

const id = z.string().min(1).max(80).transform(withoutNul);
const userId = id;
/** As the list or the page of the user gave it. */
const revision = z.number().int().positive();

export const UserName = z
  .string()
  .trim()
  .transform(withoutNul)
  .pipe(z.string().min(1, "Say what they are called.").max(100));

/** Every account, those to come as well; or these alone, which may be none. */
export const VisibilityInput = z.discriminatedUnion("sees", [
  z.strictObject({ sees: z.literal("all") }),
  z.strictObject({
    sees: z.literal("some"),
    accountIds: z
      .array(id)
      .max(5_000)
      .transform((ids) => [...new Set(ids)].sort()),
  }),
]);
export type Visibility = z.output<typeof VisibilityInput>;

export const InviteUserInput = z.strictObject({
  name: UserName,
  email: z.string().trim().max(254).pipe(z.email("This is not an e-mail address.")),
  role: z.enum(roles),
  visibility: VisibilityInput,
});
export const OneUserInput = z.strictObject({ userId });
export const HeldUserInput = z.strictObject({ userId, revision });
export const ChangeRoleInput = z.strictObject({ userId, revision, role: z.enum(roles) });
export const SetVisibilityInput = z.strictObject({ userId, revision, visibility: VisibilityInput });
export const RenameUserInput = z.strictObject({ userId, revision, name: UserName });
