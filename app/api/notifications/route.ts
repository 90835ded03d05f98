import { database } from "#db/client.ts";
import { listNotifications } from "#db/triage/queries.ts";
import { answerRead } from "../answer.ts";

/** The reader's newest notifications, as of `now`. */
export const GET = (): Promise<Response> =>
  answerRead(async (scope) => ({
    notifications: await listNotifications(database().db, scope, { limit: 30 }),
    now: new Date().toISOString(),
  }));
