"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { deleteReportAction } from "../actions.ts";

/** Deletes a report that somebody asked for, once that is confirmed. */
export function DeleteReport({ reportId, period }: { reportId: string; period: string }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const remove = () =>
    start(async () => {
      const result = await deleteReportAction(reportId);
      if (result.ok) router.push("/audit/reports" as Route);
      else setProblem(result.message);
    });
  return (
    <>
      <Button size="sm" look="danger" onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title="Delete this report?"
        footer={
          <>
            <Button data-autofocus onClick={() => setIsAsking(false)}>
              Keep it
            </Button>
            <Button look="danger" aria-disabled={pending} onClick={() => !pending && remove()}>
              {pending ? "Deleting…" : "Delete the report"}
            </Button>
          </>
        }
      >
        <p className="text-14 text-pretty">
          The report of {period} goes. What it tells of stays in the trail, and the report can be made again.
        </p>
        {problem ? (
          <p role="alert" className="mt-3 text-13 text-danger">
            {problem}
          </p>
        ) : null}
      </Dialog>
    </>
  );
}
