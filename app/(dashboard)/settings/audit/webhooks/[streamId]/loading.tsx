import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["first", "second", "third", "fourth"];

export default function LoadingWebhook() {
  return (
    <div aria-busy className="mt-6">
      <span className="sr-only" role="status">
        Loading the webhook
      </span>
      <Skeleton className="h-8 w-28" />
      <Skeleton className="mt-1 h-7 w-48" />
      <Skeleton className="mt-6 h-32 max-w-3xl" />
      <div className="mt-10 border-t border-line">
        {rows.map((row) => (
          <div key={row} className="border-b border-line py-3.5">
            <Skeleton className="h-9 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
