import type { DiagnosticSetting } from "#lib/inventory/azure/monitor.kinds.ts";

/** Reading the diagnostic settings of any resource takes this. */
export const diagnosticSettingsPermission = "Microsoft.Insights/DiagnosticSettings/read";

/**
 * Whether a setting sends the logs of a category somewhere: by its name, or by a group that holds it.
 *
 * @param groups The groups that the category belongs to, besides `allLogs`.
 */
export const sendsCategory = (
  { destinations, logs }: DiagnosticSetting,
  category: string,
  groups: readonly string[] = [],
): boolean =>
  destinations.length > 0 &&
  logs.some(
    (log) => log.enabled && (isOneOf(log.category, [category]) || isOneOf(log.group, ["allLogs", ...groups])),
  );

/** Whether a setting sends any logs anywhere. */
export const sendsLogs = ({ destinations, logs }: DiagnosticSetting): boolean =>
  destinations.length > 0 && logs.some(({ enabled }) => enabled);

/** What keeps settings that exist from sending anything, in a sentence. */
export const whyNothingIsSent = (settings: readonly DiagnosticSetting[], what: string): string =>
  settings.length === 0
    ? `No diagnostic setting sends ${what}.`
    : `${settings.map(({ name }) => name).join(", ")} ${settings.length === 1 ? "sends" : "send"} no logs, or to nowhere.`;

const isOneOf = (name: string | null, names: readonly string[]): boolean =>
  name !== null && names.some((one) => one.toLowerCase() === name.toLowerCase());
