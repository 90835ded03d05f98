import { Skeleton } from "#components/ui/skeleton.tsx";

export default function TokensLoading() {
  return (
    <div className="max-w-5xl px-4 pt-6 pb-16 sm:px-6" aria-busy>
      <h1 className="sr-only">API tokens</h1>
      <Skeleton className="mt-2.5 h-5 w-80 max-w-full" />
      <Skeleton className="mt-3 h-4 w-[32rem] max-w-full" />
      <div className="mt-7 border-t border-line">
        {["first", "second", "third"].map((row) => (
          <div key={row} className="border-b border-line py-4.5">
            <Skeleton className="h-5 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
