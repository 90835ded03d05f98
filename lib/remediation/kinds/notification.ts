import { z } from "zod";
import { type Database, openDatabase } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { databaseUrl } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput } from "#lib/mutation.ts";
import type { ActionHandler, ActionSpec } from "../action-handler.ts";
import type { ActionPlan } from "../model.ts";
import { findRecipients } from "./recipients.ts";
import { tellNotice } from "./tell-notice.ts";

const operation = "notify";
const api = "parapet.notification.Tell";

const Settings = z
  .strictObject({
    message: z.string().trim().min(1).max(180),
    /** Users of these roles who see the account. */
    roles: z.array(z.enum(roles)).default([]),
    /** Users whose e-mail address is the resource's owner by its tags. */
    owners: z.boolean().default(false),
    /** Whom the findings are assigned to. */
    assignees: z.boolean().default(false),
    requester: z.boolean().default(false),
  })
  .refine(
    (given) => given.roles.length > 0 || given.owners || given.assignees || given.requester,
    "Say whom to tell: roles, owners, assignees or requester.",
  );
export type NoticeSettings = z.output<typeof Settings>;

const Input = z.object({
  message: z.string(),
  recipients: z.array(z.object({ id: z.string(), name: z.string() })),
});

export type UseDatabase = <T>(act: (db: Database) => Promise<T>) => Promise<T>;

/** Notices are few, so a connection that ends with its use is simpler than one that somebody has to close. */
export const useOwnConnection: UseDatabase = async (act) => {
  const { db, close } = openDatabase(databaseUrl(), { max: 1, applicationName: "parapet-notice" });
  try {
    return await act(db);
  } finally {
    await close();
  }
};

/** Tells people in the browser, and by e-mail where that is set up. It changes nothing, and there is nothing to undo. */
export function notificationActions(use: UseDatabase = useOwnConnection): Omit<ActionHandler, "kind"> {
  return {
    describe(spec) {
      settingsOf(spec);
      return { cloud: null, kinds: null, irreversible: null, permissions: { read: [], write: [] } };
    },

    async plan(spec, context): Promise<ActionPlan> {
      const settings = settingsOf(spec);
      const recipients = await use((db) => findRecipients(db, settings, context));
      if (recipients.length === 0) {
        return { outcome: "nothing", before: null, reason: "Nobody in Parapet is known to look after it." };
      }
      const input = { message: settings.message, recipients };
      const names = recipients.map(({ name }) => name).join(", ");
      return {
        outcome: "change",
        before: null,
        after: null,
        calls: [{ id: "tell", api, input }],
        commands: [`# tells ${names.replaceAll(/\s+/g, " ")}`],
        wayBack: { calls: [] },
        wayBackCommands: [],
        notes: [],
      };
    },

    read: async () => null,

    async apply({ plan, action }, { journal, organisationId, planId }) {
      const [call] = plan.outcome === "change" ? plan.calls : [];
      if (!call || journal.made.has(call.id)) return { after: null, differs: null };
      const { message, recipients } = Input.parse(call.input);
      await journal.begin(call.id, call.api);
      const ids = recipients.map(({ id }) => id);
      await use((db) => tellNotice(db, { organisationId, planId, action, message, recipients: ids }));
      await journal.end(call.id, { told: recipients.length });
      return { after: null, differs: null };
    },

    rollback: async () => ({ after: null, differs: null }),
  };
}

function settingsOf(spec: ActionSpec): NoticeSettings {
  if (spec.operation !== operation) {
    throw new DomainError("invalid_input", `Notifications know the operation ${operation} alone.`);
  }
  return parseInput(Settings, spec.with);
}
