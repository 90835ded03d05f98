import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { newId } from "#db/columns.ts";
import { AwsConnection } from "../clouds/aws/credentials.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { isCron } from "./cron.ts";
import { notifyAccounts } from "./notify.ts";

export const ConnectAccountInput = z.object({
  cloud: z.literal("aws"),
  externalId: z.string().regex(/^\d{12}$/, "An AWS account id has 12 digits."),
  name: z.string().trim().min(1, "Give the account a name.").max(100),
  environment: z.string().trim().min(1).max(50).nullable().default(null),
  connection: AwsConnection,
  /** Null for every region that is enabled. */
  regions: z
    .array(z.string().regex(/^[a-z]{2,3}(-[a-z]+)+-\d$/, "A region looks like eu-west-1."))
    .min(1)
    .max(100)
    .nullable()
    .default(null),
  /** Cron expression of the scheduled scan; null for none. */
  schedule: z
    .string()
    .refine(isCron, "A schedule has five fields, such as 0 3 * * *.")
    .nullable()
    .default(null),
  scheduleTimeZone: z.string().max(64).refine(isTimeZone, "There is no such time zone.").default("UTC"),
});

/** Connects a cloud account. Its first scan is the caller's to start, once this has been committed. */
export const connectAccount = defineMutation({
  permission: "accounts:manage",
  input: ConnectAccountInput,
  async run({ tx, scope, input }) {
    const id = newId("acc");
    const [connected] = await tx
      .insert(accounts)
      .values({ id, organisationId: scope.organisationId, ...input })
      .onConflictDoNothing({ target: [accounts.organisationId, accounts.cloud, accounts.externalId] })
      .returning({ id: accounts.id });
    if (!connected) {
      throw new DomainError(
        "conflict",
        `Nothing was changed: account ${input.externalId} is already connected.`,
      );
    }
    await notifyAccounts(tx);
    return {
      result: { accountId: id },
      audit: { action: "account.connect", object: { kind: "account", id }, after: input },
    };
  },
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    // Intl's way of saying no.
    return false;
  }
}
