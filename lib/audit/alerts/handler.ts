import type { AlertNotice } from "./model.ts";

/** A way to tell people that is not built in. */
export type AlertHandler = {
  kind: string;
  /** For whoever makes a rule, such as "Our pager". */
  title: string;
  /** What it has to be given, by name; the values are kept sealed. */
  settings: readonly { name: string; title: string }[];
  /**
   * Tells of an alert. An error thrown is kept with the alert, and it is tried again for a day: never put a secret into
   * its message. Called again with the same `notice.id` where nobody knows how an attempt ended.
   */
  tell(
    notice: AlertNotice,
    context: { settings: Readonly<Record<string, string>>; signal: AbortSignal },
  ): Promise<void>;
};

const handlers = new Map<string, AlertHandler>();

/**
 * Makes a way to tell people known to alert rules. Those of one's own are registered before the worker and the web server
 * start to work, in both. Throws when the kind is known already.
 */
export function registerAlertHandler(kind: string, handler: Omit<AlertHandler, "kind">): void {
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(kind)) throw new Error(`"${kind}" is no name of an alert handler.`);
  if (handlers.has(kind)) throw new Error(`An alert handler ${kind} is registered already.`);
  handlers.set(kind, { ...handler, kind });
}

export const alertHandlerOf = (kind: string): AlertHandler | undefined => handlers.get(kind);

/** By kind. */
export const alertHandlers = (): AlertHandler[] =>
  [...handlers.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
