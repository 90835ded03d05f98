"use server";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import { deleteReport } from "#lib/audit/reports/verbs/delete-report.ts";
import { type MakeReportInput, makeReport } from "#lib/audit/reports/verbs/make-report.ts";
import { type SetReportPlanInput, setReportPlan } from "#lib/audit/reports/verbs/set-report-plan.ts";

export async function makeReportAction(
  input: z.input<typeof MakeReportInput>,
): Promise<ActionResult<{ reportId: string }>> {
  const result = await runAction(makeReport, input);
  revalidatePath("/audit/reports");
  return result;
}

export async function setReportPlanAction(
  input: z.input<typeof SetReportPlanInput>,
): Promise<ActionResult<{ revision: number }>> {
  const result = await runAction(setReportPlan, input);
  revalidatePath("/audit/reports");
  return result;
}

export async function deleteReportAction(reportId: string): Promise<ActionResult<{ reportId: string }>> {
  const result = await runAction(deleteReport, { reportId });
  revalidatePath("/audit/reports");
  return result;
}
