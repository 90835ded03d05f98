"use client";
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LiveRefresh } from "#app/_shell/live-refresh.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { requestSyncAction } from "../../actions.ts";
import { RemoveSource } from "./remove-source.tsx";

/** Looks for members now, edits, removes. */
export function SourceActions({
  source,
}: {
  source: { id: string; name: string; followers: number; lookedAt: string | null };
}) {
  const router = useRouter();
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** When the last look was as the button was pressed: another one ends the waiting. */
  const [asked, setAsked] = useState<{ before: string | null }>();
  const [pending, start] = useTransition();
  const isLooking = pending || (asked !== undefined && asked.before === source.lookedAt);
  const look = () =>
    start(async () => {
      const answer = await requestSyncAction(source.id);
      if (!answer.ok) return setProblem(answer.message);
      setProblem(undefined);
      setAsked({ before: source.lookedAt });
      router.refresh();
    });
  return (
    <div className="grid justify-items-end gap-2 max-sm:justify-items-start">
      <LiveRefresh active={isLooking} />
      <div className="flex flex-wrap items-center gap-2">
        <Button aria-disabled={isLooking} onClick={isLooking ? undefined : look}>
          {isLooking ? "Looking…" : "Look now"}
        </Button>
        <LinkButton href={`/settings/organisations/${source.id}/edit`}>Edit</LinkButton>
        <Menu
          label="More"
          className="h-9 border border-line-strong bg-surface px-2.5"
          face={<Ellipsis aria-hidden className="size-4" />}
        >
          <MenuItem onSelect={() => setRemoving(true)}>
            <span className="text-danger">Remove…</span>
          </MenuItem>
        </Menu>
      </div>
      {problem ? (
        <p role="alert" className="max-w-72 text-13 text-danger sm:text-right">
          {problem}
        </p>
      ) : null}
      <RemoveSource source={source} open={removing} onClose={() => setRemoving(false)} />
    </div>
  );
}
