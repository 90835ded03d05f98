"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function AppError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        title="This page could not be shown"
        action={
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Nothing was changed. If it happens again, look at Parapet's log
        {error.digest ? (
          <>
            {" "}
            for <code className="font-mono text-12">{error.digest}</code>
          </>
        ) : null}
        .
      </ErrorState>
    </main>
  );
}
