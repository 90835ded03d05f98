import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["first", "second", "third"];

export default function Loading() {
  return (
    <div aria-busy className="mt-8">
      <span className="sr-only" role="status">
        Loading alerts
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
