import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { changeWindows } from "#db/remediation/schema.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { enqueue } from "../../jobs/queue.ts";
import { defineMutation } from "../../mutation.ts";
import { guarded } from "./guarded.ts";
import { Id } from "./inputs.ts";
import { requireAccount } from "./require-account.ts";

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time such as 22:00.");

const isTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

export const SaveChangeWindowInput = z.strictObject({
  /** Left out for a new one. */
  windowId: Id.optional(),
  /** Null for all accounts. */
  accountId: Id.nullable(),
  /** ISO weekdays, 1 for Monday. */
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1, "Choose a day.")
    .max(7)
    .transform((days) => [...new Set(days)].sort()),
  start: time,
  /** At or before the start it is on the next day. */
  end: time,
  timeZone: z.string().max(60).refine(isTimeZone, "A time zone such as Europe/Vienna."),
});

type WindowRow = typeof changeWindows.$inferSelect;
const told = ({ accountId, days, start, end, timeZone }: Omit<WindowRow, "id" | "organisationId">) => ({
  ...{ accountId, days, start, end, timeZone },
});

/** Says when an account, or every one without a window of its own, may be changed. */
export const saveChangeWindow = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "change_window.save", kind: "change_window", id: "windowId" },
    input: SaveChangeWindowInput,
    async run({ tx, scope, input: { windowId, ...window } }) {
      await checkAccount(tx, scope, window.accountId);
      const before = windowId === undefined ? null : await holdWindow(tx, scope, windowId);
      const id = before?.id ?? newId("cwn");
      const { organisationId } = scope;
      if (before) await tx.update(changeWindows).set(window).where(eq(changeWindows.id, id));
      else await tx.insert(changeWindows).values({ ...window, id, organisationId });
      await enqueue(tx, "remediation-tick", [{ data: {} }]);
      return {
        result: { windowId: id },
        audit: {
          action: "change_window.save",
          object: { kind: "change_window", id },
          ...(before ? { before: told(before) } : {}),
          after: told(window),
        },
      };
    },
  }),
);

export const DeleteChangeWindowInput = z.strictObject({ windowId: Id });

/** Takes a window away. An account without any may be changed at any time. */
export const deleteChangeWindow = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: { action: "change_window.delete", kind: "change_window", id: "windowId" },
    input: DeleteChangeWindowInput,
    async run({ tx, scope, input: { windowId } }) {
      const before = await holdWindow(tx, scope, windowId);
      await tx.delete(changeWindows).where(eq(changeWindows.id, windowId));
      await enqueue(tx, "remediation-tick", [{ data: {} }]);
      return {
        result: { windowId },
        audit: {
          action: "change_window.delete",
          object: { kind: "change_window", id: windowId },
          before: told(before),
        },
      };
    },
  }),
);

async function holdWindow(tx: Transaction, scope: Scope, windowId: string): Promise<WindowRow> {
  const [window] = await tx
    .select()
    .from(changeWindows)
    .where(and(eq(changeWindows.id, windowId), eq(changeWindows.organisationId, scope.organisationId)))
    .for("update");
  const hidden = window?.accountId && scope.accountIds && !scope.accountIds.includes(window.accountId);
  if (!window || hidden) throw new DomainError("not_found", "There is no such change window.");
  await checkAccount(tx, scope, window.accountId);
  return window;
}

async function checkAccount(tx: Transaction, scope: Scope, accountId: string | null): Promise<void> {
  if (accountId === null) scope.requireEveryAccount();
  else await requireAccount(tx, scope, accountId);
}
