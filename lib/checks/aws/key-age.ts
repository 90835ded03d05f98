import { daysSince } from "#lib/checks/days.ts";

/** Whether an access key made then is too old by now; `null` when its age can't be told. */
export function isKeyTooOld(createdAt: string | null, asOf: Date): boolean | null {
  const days = daysSince(createdAt, asOf);
  return days === null ? null : Math.floor(days) > 90;
}
