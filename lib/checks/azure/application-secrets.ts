import { daysSince } from "#lib/checks/days.ts";
import type { ApplicationSecret } from "#lib/inventory/azure/entra.kinds.ts";

/** Half a year, which is also what Microsoft advises for the life of a client secret. */
export const maxSecretDays = 180;

/** Whether a client secret opens anything. */
export const isInForce = ({ expiresAt }: ApplicationSecret, asOf: Date): boolean =>
  expiresAt === null || Date.parse(expiresAt) > asOf.getTime();

/** Whether a client secret works and is older than it should be; undefined when its age isn't known. */
export function isOverdue(secret: ApplicationSecret, asOf: Date): boolean | undefined {
  if (!isInForce(secret, asOf)) return false;
  const days = daysSince(secret.createdAt, asOf);
  return days === null ? undefined : days > maxSecretDays;
}
