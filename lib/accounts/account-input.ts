import { z } from "zod";
import { isCron } from "./cron.ts";

/** Fields that several of the accounts' mutations take. */
export const AccountId = z.string().min(1).max(64);

/** What the caller saw last: a change in between makes the mutation a conflict. */
export const Revision = z.number().int().min(1);

export const AccountName = z.string().trim().min(1, "Give the account a name.").max(100);

export const Environment = z.string().trim().min(1).max(50).nullable();

/** Null for every region that is enabled. */
export const AwsRegions = z
  .array(z.string().regex(/^[a-z]{2,3}(-[a-z]+)+-\d$/, "A region looks like eu-west-1."))
  .min(1)
  .max(100)
  .nullable();

/** Azure and Google Cloud list a subscription's or project's resources of all regions in one call. */
export const NoRegions = z
  .null("Every region of an Azure subscription or Google Cloud project is read at once; name none.")
  .default(null);

/** Cron expression; null for only when asked. */
export const Schedule = z
  .string()
  .refine(isCron, "A schedule has five fields, such as 0 3 * * *.")
  .nullable();

export const TimeZone = z.string().max(64).refine(isTimeZone, "There is no such time zone.");

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    // Intl's way of saying no.
    return false;
  }
}
