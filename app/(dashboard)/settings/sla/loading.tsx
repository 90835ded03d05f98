import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["critical", "high", "medium", "low", "info"];

export default function LoadingSla() {
  return (
    <div aria-busy className="max-w-5xl px-4 pt-6 sm:px-6">
      <span className="sr-only" role="status">
        Loading due dates
      </span>
      <Skeleton className="h-8.5 w-40" />
      <Skeleton className="mt-2 h-5 w-[34rem] max-w-full" />
      <div className="mt-6 h-9 max-w-3xl border-y border-line" />
      {rows.map((row) => (
        <div key={row} className="flex h-[53px] max-w-3xl items-center gap-8 border-b border-line">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-8 w-20" />
        </div>
      ))}
    </div>
  );
}
