"use server";
import { markNotificationsRead } from "#lib/findings/mark-notifications-read.ts";
import { type ActionResult, runAction } from "./action.ts";

/** Marks one's own notifications as read: those named, or all. */
export async function markReadAction(
  which: { ids: string[] } | { all: true },
): Promise<ActionResult<{ read: number }>> {
  return runAction(markNotificationsRead, which);
}
