import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
import { organisations } from "../identity/schema.ts";

/** A sandbox cloud beside an organisation's own accounts: wanted for as long as its row is there. */
export const sandboxTrials = pgTable("sandbox_trials", {
  organisationId: text()
    .primaryKey()
    .references(() => organisations.id),
  requestedAt: moment().notNull().defaultNow(),
  /** Where its AWS listens on loopback, once the worker that runs it has it up; null before, and while it is down. */
  url: text(),
  /** When its accounts were first connected. */
  readyAt: moment(),
  /** In plain words, why it could not be started; nobody tries again until asked to. */
  error: text(),
});
