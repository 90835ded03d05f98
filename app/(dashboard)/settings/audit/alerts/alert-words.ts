import type { AlertRuleView, ChannelView } from "#db/audit/alert-model.ts";
import type { ChannelKind } from "#lib/audit/alerts/model.ts";

export const channelWords: Readonly<Record<ChannelKind, string>> = {
  email: "E-mail",
  slack: "Slack",
  discord: "Discord",
  webhook: "Webhook",
  script: "Script",
  custom: "Handler",
};

/** `10 minutes`, `2 hours`, `1 day`. */
export function sayMinutes(minutes: number): string {
  const [amount, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${amount.toLocaleString("en")} ${unit}${amount === 1 ? "" : "s"}`;
}

/** `10 acts within 10 minutes, then silent for 1 hour` */
export const sayLimit = ({
  threshold,
  windowMinutes,
  cooldownMinutes,
}: Pick<AlertRuleView, "threshold" | "windowMinutes" | "cooldownMinutes">): string =>
  `${threshold.toLocaleString("en")} ${threshold === 1 ? "act" : "acts"} within ${sayMinutes(windowMinutes)}, then silent for ${sayMinutes(cooldownMinutes)}`;

/** Whom a channel tells, after its kind's word. */
export function sayChannel(channel: ChannelView): string {
  switch (channel.kind) {
    case "email": {
      const names = channel.people.filter(({ active }) => active).map(({ name }) => name);
      if (names.length === 0) return "nobody who can sign in";
      return names.length <= 3
        ? names.join(", ")
        : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
    }
    case "script":
      return channel.script;
    case "custom":
      return channel.handler;
    default:
      return channel.host;
  }
}
