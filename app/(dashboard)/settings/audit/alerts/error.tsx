"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function PartError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The alerts could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed: they go on as they were. If trying again doesn't help, Parapet's log says why.
    </ErrorState>
  );
}
