"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function FindingsError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The findings could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed: what was found is still kept. If trying again doesn't help, Parapet's log says why.
    </ErrorState>
  );
}
