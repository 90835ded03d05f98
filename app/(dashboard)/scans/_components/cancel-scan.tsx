"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { cancelScanAction } from "../actions.ts";

/** Asks once; nothing is lost by it. */
export function CancelScan({ scanId }: { scanId: string }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const cancel = () =>
    start(async () => {
      const result = await cancelScanAction(scanId);
      await client.invalidateQueries({ queryKey: liveKeys.all });
      if (result.ok) setOpen(false);
      else setProblem(result.message);
    });
  return (
    <>
      <Button size="sm" look="danger" onClick={() => setOpen(true)}>
        Cancel scan
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Cancel this scan?"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep scanning</Button>
            <Button look="danger" disabled={pending} onClick={cancel}>
              {pending ? "Cancelling" : "Cancel the scan"}
            </Button>
          </>
        }
      >
        <p className="text-14 text-pretty text-ink-soft">
          What has been read so far is kept, with what it found. What has not been read stays as the scan
          before left it: nothing there is resolved.
        </p>
        {problem ? (
          <p role="alert" className="mt-3 text-14 text-danger">
            {problem}
          </p>
        ) : null}
      </Dialog>
    </>
  );
}
