"use client";
import { MoreHorizontal } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import type { StreamView } from "#db/audit/stream-model.ts";
import { StreamDialog } from "../../_components/stream-dialog.tsx";
import { changeStreamAction, deleteStreamAction, testStreamAction } from "../../actions.ts";
import { ReplayFrom } from "./replay-from.tsx";
import { RotateSecret } from "./rotate-secret.tsx";

type Opened = "edit" | "rotate" | "replay" | "delete" | null;

/** Tries a webhook out, changes it, pauses it, replays, ends it. */
export function StreamActions({ stream }: { stream: StreamView }) {
  const router = useRouter();
  const [opened, setOpened] = useState<Opened>(null);
  const [pending, start] = useTransition();
  const close = () => setOpened(null);
  const test = () =>
    start(async () => {
      const result = await testStreamAction(stream.id);
      if (!result.ok) return showToast({ text: result.message, tone: "danger" });
      const { delivered, status, error } = result.value;
      showToast(
        delivered
          ? { text: `The receiver took the test and answered ${status}.` }
          : { text: `The test did not get through. ${error ?? ""}`, tone: "danger" },
      );
    });
  const pause = () =>
    start(async () => {
      const { id, revision, enabled } = stream;
      const result = await changeStreamAction({ streamId: id, revision, enabled: !enabled });
      if (!result.ok) showToast({ text: result.message, tone: "danger" });
    });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" aria-disabled={pending} onClick={() => pending || test()}>
        {pending ? "One moment…" : "Send a test"}
      </Button>
      <Button size="sm" aria-disabled={pending} onClick={() => pending || pause()}>
        {stream.enabled ? "Pause" : "Go on"}
      </Button>
      <Menu label="More about this webhook" face={<MoreHorizontal aria-hidden className="size-4" />}>
        <MenuItem onSelect={() => setOpened("edit")}>Change it</MenuItem>
        <MenuItem onSelect={() => setOpened("rotate")}>New secret</MenuItem>
        <MenuItem onSelect={() => setOpened("replay")}>Send again from a position</MenuItem>
        <MenuItem onSelect={() => setOpened("delete")}>Delete it</MenuItem>
      </Menu>
      {opened === "edit" ? <StreamDialog stream={stream} onClose={close} /> : null}
      {opened === "rotate" ? <RotateSecret stream={stream} onClose={close} /> : null}
      {opened === "replay" ? <ReplayFrom stream={stream} onClose={close} /> : null}
      <ConfirmByName
        open={opened === "delete"}
        onClose={close}
        name={stream.name}
        label="Type the webhook's name"
        title="Delete this webhook?"
        verb="Delete"
        pendingWord="Deleting…"
        onConfirm={async () => {
          const result = await deleteStreamAction(stream.id);
          if (!result.ok) return result.message;
          router.push("/settings/audit/webhooks" as Route);
          return undefined;
        }}
      >
        Nothing more is sent to it, and its list of deliveries goes. The trail itself stays as it is.
      </ConfirmByName>
    </div>
  );
}
