import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["first", "second", "third"];

/** In place of a list of what the trail is sent to. */
export function LoadingList({ what }: { what: string }) {
  return (
    <div aria-busy className="mt-8">
      <span className="sr-only" role="status">
        Loading {what}
      </span>
      <Skeleton className="h-7 w-36" />
      <Skeleton className="mt-2 h-5 w-[34rem] max-w-full" />
      <div className="mt-7 border-t border-line">
        {rows.map((row) => (
          <div key={row} className="border-b border-line py-4">
            <Skeleton className="h-10 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
