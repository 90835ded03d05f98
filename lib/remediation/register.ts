import { actionKinds, registerAction } from "./action-handler.ts";
import { cloudActions } from "./cloud-action.ts";
import { notificationActions, type UseDatabase, useOwnConnection } from "./kinds/notification.ts";
import { scriptActions } from "./kinds/script.ts";
import { webhookActions } from "./kinds/webhook.ts";

let use: UseDatabase = useOwnConnection;

/**
 * Makes Parapet's own kinds of action known in this process; again is nothing. It brings the clouds' SDKs along, so the
 * web server imports it where it is first needed.
 *
 * @param useDatabase How actions reach the database from here on, in a process that has it open: a worker.
 */
export function registerBuiltInActions(useDatabase?: UseDatabase): void {
  if (useDatabase) use = useDatabase;
  const known = new Set(actionKinds());
  for (const cloud of ["aws", "azure", "gcp"] as const) {
    if (!known.has(cloud)) registerAction(cloud, cloudActions(cloud));
  }
  if (!known.has("notification"))
    registerAction(
      "notification",
      notificationActions((act) => use(act)),
    );
  if (!known.has("webhook")) registerAction("webhook", webhookActions());
  if (!known.has("script")) registerAction("script", scriptActions());
}
