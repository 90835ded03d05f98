import { Notice } from "#components/ui/error-state.tsx";

/** As long as a worker has still to move dates; nothing once it has. */
export function SlaProgress({ toMove }: { toMove: number }) {
  if (toMove === 0) return null;
  return (
    <div className="mt-5" role="status">
      <Notice>
        <span className="inline-flex items-center gap-2.5">
          <span aria-hidden className="size-2.5 shrink-0 breathing rounded-xs bg-accent" />
          {toMove === 1 ? "1 finding has" : `${toMove.toLocaleString("en")} findings have`} still to get the
          new date. It goes on by itself; you can leave this page.
        </span>
      </Notice>
    </div>
  );
}
