import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["keep", "longer", "size"];

export default function LoadingAuditSettings() {
  return (
    <div aria-busy className="mt-12">
      <span className="sr-only" role="status">
        Loading the trail's settings
      </span>
      <Skeleton className="h-6 w-32" />
      <Skeleton className="mt-2 h-5 w-[34rem] max-w-full" />
      <div className="mt-4 max-w-3xl border-t border-line">
        {rows.map((row) => (
          <div key={row} className="flex h-16 items-center justify-between gap-8 border-b border-line">
            <Skeleton className="h-4 w-48" />
            <Skeleton className="h-9 w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
