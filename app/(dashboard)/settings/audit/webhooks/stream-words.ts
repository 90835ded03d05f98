import type { StreamView } from "#db/audit/stream-model.ts";

/** How a webhook fares, in a word and whether somebody has to look. */
export function stateOf({ enabled, failingSince }: Pick<StreamView, "enabled" | "failingSince">): {
  word: string;
  tone: "accent" | "neutral" | "danger";
} {
  if (!enabled) return { word: "Paused", tone: "neutral" };
  return failingSince ? { word: "Failing", tone: "danger" } : { word: "Sending", tone: "accent" };
}

/** `up to date`, or how much of the trail it has yet to look at. */
export function sayBehind({ position, sealed }: Pick<StreamView, "position" | "sealed">): string {
  const behind = Math.max(0, sealed - position);
  return behind === 0
    ? "up to date"
    : `${behind.toLocaleString("en")} ${behind === 1 ? "entry" : "entries"} behind`;
}
