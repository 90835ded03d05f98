"use client";
import { useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { replayAction } from "../../actions.ts";

/** Sends one delivery again. */
export function ReplayOne({
  streamId,
  deliveryId,
  position,
}: {
  streamId: string;
  deliveryId: string;
  position: number;
}) {
  const [pending, start] = useTransition();
  const replay = () =>
    start(async () => {
      const result = await replayAction({ which: "one", streamId, deliveryId });
      if (!result.ok) showToast({ text: result.message, tone: "danger" });
    });
  return (
    <Button
      size="sm"
      look="plain"
      aria-disabled={pending}
      aria-label={`Send #${position} again`}
      onClick={() => pending || replay()}
    >
      {pending ? "Asking…" : "Send again"}
    </Button>
  );
}

/** Sends everything again that was given up. */
export function ReplayDead({ streamId, count }: { streamId: string; count: number }) {
  const [pending, start] = useTransition();
  const replay = () =>
    start(async () => {
      const result = await replayAction({ which: "dead", streamId });
      if (!result.ok) return showToast({ text: result.message, tone: "danger" });
      const { queued, left } = result.value;
      const more = left ? ` ${left.toLocaleString("en")} are left for another time.` : "";
      showToast({ text: `${(queued ?? 0).toLocaleString("en")} queued to be sent again.${more}` });
    });
  return (
    <Button size="sm" aria-disabled={pending} onClick={() => pending || replay()}>
      {pending ? "Asking…" : `Send all ${count.toLocaleString("en")} given up again`}
    </Button>
  );
}
